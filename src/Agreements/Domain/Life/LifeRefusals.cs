using Iop.Kernel;

namespace Iop.Agreements.Domain.Life;

/// <summary>Every way the life of an agreement can say no.</summary>
public static class LifeRefusals
{
    public static Refusal NotInForce(AgreementState state) => new Refusal("life.not-in-force").With("state", state);

    public static Refusal ChangeUnderWay(ChangeKind kind) => new Refusal("life.change-under-way").With("kind", kind);

    public static Refusal NoChangeUnderWay { get; } = new("life.no-change-under-way");

    public static Refusal DayHasPassed { get; } = new("life.day-has-passed");

    public static Refusal EndsBefore(DateOnly end) => new Refusal("life.ends-before").With("end", Day(end));

    public static Refusal AlreadyInTheAgreement { get; } = new("life.already-in-the-agreement");

    public static Refusal OpenEnded { get; } = new("life.open-ended");

    public static Refusal EndNotLater(DateOnly end) => new Refusal("life.end-not-later").With("end", Day(end));

    public static Refusal NoBodyAdjusts { get; } = new("life.no-body-adjusts");

    public static Refusal AnotherBody(string body) => new Refusal("life.another-body").With("body", body);

    public static Refusal SectionOutsideFrame(string section) =>
        new Refusal("life.section-outside-frame").With("section", section);

    public static Refusal NothingChanged { get; } = new("life.nothing-changed");

    public static Refusal NoNoticeAgreed { get; } = new("life.no-notice-agreed");

    public static Refusal AlreadyLeaving { get; } = new("life.already-leaving");

    public static Refusal SideWouldBeMissing { get; } = new("life.side-would-be-missing");

    public static Refusal BeyondTheChange(ChangeKind kind, string what) =>
        new Refusal("life.beyond-the-change").With("kind", kind).With("what", what);

    public static Refusal NotRescinded { get; } = new("life.not-rescinded");

    public static Refusal TalkTooLate(DateOnly lastDate) => new Refusal("life.talk-too-late").With("lastDate", Day(lastDate));

    public static Refusal TalkBooked(DateOnly on) => new Refusal("life.talk-booked").With("on", Day(on));

    public static Refusal TalkNoted { get; } = new("life.talk-noted");

    public static Refusal TalkToCome { get; } = new("life.talk-to-come");

    private static string Day(DateOnly day) => day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
