using Iop.Kernel;

namespace Iop.FollowUp.Domain.Deviations;

/// <summary>Every way a deviation can say no.</summary>
internal static class DeviationRefusals
{
    public static Refusal NotYetHappened(DateOnly on) =>
        new Refusal("deviation.not-yet-happened", RefusalKind.Malformed).With("happenedOn", on);

    public static Refusal AgreementHasEnded(DateOnly? on) => new Refusal("deviation.agreement-has-ended").With("endedOn", on);

    public static Refusal TooMany(int most) => new Refusal("deviation.too-many").With("most", most);

    public static Refusal TooManyLessons(int most) => new Refusal("deviation.too-many-lessons").With("most", most);

    public static Refusal UnknownIndicator { get; } = new("deviation.unknown-indicator");

    public static Refusal AlreadyDecided(DateOnly? on) => new Refusal("deviation.already-decided").With("decidedOn", on);

    public static Refusal AlreadyWithdrawn(DateOnly? on) => new Refusal("deviation.already-withdrawn").With("withdrawnOn", on);

    public static Refusal RaisedByAnother { get; } = new("deviation.raised-by-another", RefusalKind.Forbidden);
}
