namespace Iop.Agreements.Domain;

public enum AgreementState
{
    /// <summary>The parties write together (utkast).</summary>
    Draft,

    /// <summary>Every question of law is answered; the lawyers of the public parties look at it (bedömning). The draft may still
    /// change,
    /// which voids what they have approved.</summary>
    Assessment,

    /// <summary>The text is fixed (öppen för underskrift).</summary>
    OpenForSignature,

    /// <summary>All have signed; the start date is yet to come (undertecknad).</summary>
    Signed,

    /// <summary>Gällande.</summary>
    InForce,

    /// <summary>Given notice of, and in force until the notice has run out (uppsagd).</summary>
    NoticeGiven,

    /// <summary>The last day has passed (avslutad).</summary>
    Ended,

    /// <summary>Hävd.</summary>
    Rescinded,

    /// <summary>Taken back before all had signed (återkallad).</summary>
    Withdrawn,
}

/// <summary>What moves an agreement from one state to another.</summary>
public enum AgreementAct
{
    CompleteAssessment,
    Open,
    Redraft,
    LastPartySigns,
    StartDateComes,
    GiveNotice,
    LastDayPasses,
    Rescind,
    Withdraw,

    /// <summary>The working text is opened again, for a change of an agreement in force.</summary>
    BeginChange,

    /// <summary>A text that binds without signatures is fixed.</summary>
    Decide,

    AbandonChange,
}

/// <summary>The life of an agreement in one table, and what else is true of each state.</summary>
public static class AgreementStates
{
    private static readonly Dictionary<(AgreementState From, AgreementAct Act), AgreementState> Life = new()
    {
        [(AgreementState.Draft, AgreementAct.CompleteAssessment)] = AgreementState.Assessment,
        [(AgreementState.Draft, AgreementAct.Withdraw)] = AgreementState.Withdrawn,
        [(AgreementState.Assessment, AgreementAct.Open)] = AgreementState.OpenForSignature,
        [(AgreementState.Assessment, AgreementAct.Withdraw)] = AgreementState.Withdrawn,
        [(AgreementState.OpenForSignature, AgreementAct.Redraft)] = AgreementState.Assessment,
        [(AgreementState.OpenForSignature, AgreementAct.LastPartySigns)] = AgreementState.Signed,
        [(AgreementState.OpenForSignature, AgreementAct.Withdraw)] = AgreementState.Withdrawn,
        [(AgreementState.Signed, AgreementAct.StartDateComes)] = AgreementState.InForce,
        [(AgreementState.InForce, AgreementAct.GiveNotice)] = AgreementState.NoticeGiven,
        [(AgreementState.InForce, AgreementAct.LastDayPasses)] = AgreementState.Ended,
        [(AgreementState.InForce, AgreementAct.Rescind)] = AgreementState.Rescinded,
        [(AgreementState.NoticeGiven, AgreementAct.LastDayPasses)] = AgreementState.Ended,
        [(AgreementState.NoticeGiven, AgreementAct.Rescind)] = AgreementState.Rescinded,
    };

    /// <summary>The state the act leads to, or null when it is not possible now.</summary>
    public static AgreementState? After(this AgreementState state, AgreementAct act) =>
        Life.TryGetValue((state, act), out var next) ? next : null;

    /// <summary>Sections, contributions, frame and answers may change.</summary>
    public static bool CanBeDrafted(this AgreementState state) => state is AgreementState.Draft or AgreementState.Assessment;

    /// <summary>The parties are bound, and the register shows it.</summary>
    public static bool Binds(this AgreementState state) => state is AgreementState.InForce or AgreementState.NoticeGiven;

    /// <summary>There is a fixed version.</summary>
    public static bool HasVersion(this AgreementState state) =>
        state is not (AgreementState.Draft or AgreementState.Assessment or AgreementState.Withdrawn);

    /// <summary>Nothing more will happen to it.</summary>
    public static bool IsOver(this AgreementState state) =>
        state is AgreementState.Ended or AgreementState.Rescinded or AgreementState.Withdrawn;
}
