using Iop.Identity.Domain;
using Iop.Kernel;
using Iop.Platform.Identity;

namespace Iop.Identity.Memberships;

/// <summary>How far an administrator's word goes: whoever acts for one unit (enhet) administers that unit, and nothing else of
/// the organisation. The operator acts for the platform, whatever the unit.</summary>
internal static class Reach
{
    /// <summary>The one unit that the caller administers; null for the whole organisation.</summary>
    public static UnitRef? OnlyUnit(this Caller caller) =>
        caller.Unit is { } unit && !caller.Has(Roles.Operator) ? new UnitRef(unit) : null;

    /// <summary>Null when the caller may administer there; a unit of null is the whole organisation.</summary>
    public static Refusal? Exceeds(this Caller caller, UnitRef? unit) =>
        caller.OnlyUnit() is { } only && only != unit ? MembershipRefusals.OtherUnit : null;
}
