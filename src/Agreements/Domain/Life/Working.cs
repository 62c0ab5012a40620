namespace Iop.Agreements.Domain.Life;

/// <summary>Where the working text is: the text being written, assessed and signed, while an older version may be in
/// force.</summary>
public enum Working
{
    /// <summary>Nothing is being changed: the text is the one in force, or the agreement is over.</summary>
    None,

    Draft,

    Assessment,

    OpenForSignature,

    /// <summary>Signed, or decided by the body that may; its day is yet to come.</summary>
    Signed,
}

/// <summary>The way of the working text, once before the agreement is in force and then once for every change.</summary>
public static class WorkingTexts
{
    private static readonly Dictionary<(Working From, AgreementAct Act), Working> Way = new()
    {
        [(Working.None, AgreementAct.BeginChange)] = Working.Draft,
        [(Working.Draft, AgreementAct.CompleteAssessment)] = Working.Assessment,
        [(Working.Assessment, AgreementAct.Open)] = Working.OpenForSignature,
        [(Working.OpenForSignature, AgreementAct.LastPartySigns)] = Working.Signed,
        [(Working.OpenForSignature, AgreementAct.Redraft)] = Working.Assessment,
        [(Working.Draft, AgreementAct.Decide)] = Working.Signed,
        [(Working.Signed, AgreementAct.StartDateComes)] = Working.None,
        [(Working.Draft, AgreementAct.AbandonChange)] = Working.None,
        [(Working.Assessment, AgreementAct.AbandonChange)] = Working.None,
        [(Working.OpenForSignature, AgreementAct.AbandonChange)] = Working.None,
    };

    public static Working? After(this Working working, AgreementAct act) =>
        Way.TryGetValue((working, act), out var next) ? next : null;

    /// <summary>Sections, contributions, frame and answers may change.</summary>
    public static bool CanBeDrafted(this Working working) => working is Working.Draft or Working.Assessment;
}
