using Iop.Kernel;

namespace Iop.FollowUp.Domain.Meetings;

/// <summary>Every way a meeting can say no.</summary>
internal static class MeetingRefusals
{
    public static Refusal InThePast { get; } = new("meeting.in-the-past", RefusalKind.Malformed);

    public static Refusal NoSuchTime { get; } = new("meeting.no-such-time", RefusalKind.Malformed);

    public static Refusal TooFarAhead(int years) =>
        new Refusal("meeting.too-far-ahead", RefusalKind.Malformed).With("years", years);

    public static Refusal AgreementHasEnded(DateOnly? on) => new Refusal("meeting.agreement-has-ended").With("endedOn", on);

    public static Refusal TooMany(int most) => new Refusal("meeting.too-many").With("most", most);

    public static Refusal AlreadyHeld { get; } = new("meeting.already-held");

    public static Refusal CalledOff { get; } = new("meeting.called-off");

    public static Refusal SameTime { get; } = new("meeting.same-time");

    public static Refusal NotYetHeld { get; } = new("meeting.not-yet-held");

    public static Refusal NothingChanged { get; } = new("meeting.nothing-changed");

    public static Refusal NoMinutes { get; } = new("meeting.no-minutes");

    public static Refusal NotAParty { get; } = new("meeting.not-a-party");

    public static Refusal DueInThePast { get; } = new("meeting.action-due-in-the-past", RefusalKind.Malformed);

    public static Refusal TooManyActions(int most) => new Refusal("meeting.too-many-actions").With("most", most);

    public static Refusal AnothersAction { get; } = new("meeting.anothers-action", RefusalKind.Forbidden);

    public static Refusal ActionDone { get; } = new("meeting.action-done");
}
