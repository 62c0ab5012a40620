using Iop.Identity.Domain;
using Iop.Identity.StandingIn;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Memberships;

/// <summary>An admin changes a person's roles in the own organisation; no roles at all ends the membership.</summary>
internal static class ChangeMembership
{
    private const int RolesMax = 10;

    public sealed record Request(IReadOnlyList<string> Roles);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/memberships/{id:guid}", Handle).WithName(nameof(ChangeMembership));

    internal static async Task<Answer<MembershipView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, IdentityDb db, SettleStandIns standIns,
        CancellationToken cancel)
    {
        var (organisation, membershipId) = (new OrganisationRef(caller.Organisation), new MembershipId(id));
        var only = caller.OnlyUnit();
        await db.OneGiverAtATime(organisation, cancel);
        if (await db.Memberships.FirstOrDefaultAsync(one => one.MembershipId == membershipId
            && one.OrganisationId == organisation && (only == null || one.UnitId == only), cancel) is not { } membership)
            return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return missing;
        if (ifMatch.Misses(membership.Version) is { } stale) return stale;
        var wrong = new Fields().Count("roles", request.Roles.Count, 0, RolesMax)
            .Must("roles", request.Roles.All(Roles.All.Contains), "membership.unknown-role");
        if (wrong.Refusal is { } malformed) return malformed;
        if (Membership.MayBeGiven(
            request.Roles, organisation, organisation, caller.Has(Roles.Operator), hasAdmin: true) is { } no) return no;
        var guard = organisation == OrganisationRef.Operating ? Roles.Operator : Roles.Admin;
        var isLast = membership.UnitId is null && membership.OwnRoles.Contains(guard)
            && !await Guardians.Of(db, organisation, guard).AnyAsync(one => one.MembershipId != membershipId, cancel);
        if (membership.Change(request.Roles, isLast ? guard : null) is { } refusal) return refusal;
        var person = await db.People.SingleAsync(one => one.PersonId == membership.PersonId, cancel);
        db.Announce(membership.MembershipId.Value, membership.Version, MembershipView.Fact(membership, person));
        await db.SaveChangesAsync(cancel);
        await standIns.After(membership, cancel);
        return Answers.Ok(MembershipView.Of(membership, person), membership.Version);
    }
}
