using Iop.Kernel;

namespace Iop.Registry.Domain;

/// <summary>Every way an entry of the register can say no.</summary>
public static class EntryRefusals
{
    public static Refusal NotAParty => new("entry.not-a-party", RefusalKind.Forbidden);

    public static Refusal FollowsItsAgreement => new("entry.follows-its-agreement");

    public static Refusal FollowsItself => new("entry.follows-itself");

    public static Refusal NoSuchEntry(string field) => new Refusal("entry.no-such-entry").With("field", field);

    public static Refusal NotNamedInIt => new("correction.not-named-in-it", RefusalKind.Forbidden);

    public static Refusal AlreadyAnswered => new("correction.already-answered");

    public static Refusal NoPublicBody => new("coverage.no-public-body");
}
