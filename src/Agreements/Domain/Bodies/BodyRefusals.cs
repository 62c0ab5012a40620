using Iop.Kernel;

namespace Iop.Agreements.Domain.Bodies;

/// <summary>Every way a governance body can say no.</summary>
public static class BodyRefusals
{
    public static Refusal NotForYou { get; } = new("body.not-for-you", RefusalKind.Forbidden);

    public static Refusal OwnerWhenNotForAll { get; } = new("body.owner-when-not-for-all");

    public static Refusal OwnerOfAnotherSide { get; } = new("body.owner-of-another-side");

    public static Refusal OnlyTemporaryEnds { get; } = new("body.only-temporary-ends");

    public static Refusal InUse { get; } = new("body.in-use");

    public static Refusal TooManyBodies { get; } = new Refusal("body.too-many").With("limit", Body.PerPartnershipMax);

    public static Refusal TooManyMembers { get; } = new Refusal("body.too-many-members").With("limit", BodyMember.PerBodyMax);

    public static Refusal MandateNeeded { get; } = new("body.mandate-needed");

    public static Refusal OnlyGuestsFromOutside { get; } = new("body.only-guests-from-outside");

    public static Refusal DeputyForWhom { get; } = new("body.deputy-for-whom");

    public static Refusal UnknownMember { get; } = new("body.unknown-member");

    public static Refusal UnknownBody { get; } = new("body.unknown");

    public static Refusal UnknownAgreement { get; } = new("body.unknown-agreement");

    public static Refusal UnknownPerson { get; } = new("body.unknown-person");

    public static Refusal LinksToItself { get; } = new("body.links-to-itself");

    public static Refusal LeavesBeforeComing { get; } = new("body.leaves-before-coming");
}
