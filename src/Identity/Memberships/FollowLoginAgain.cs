using Iop.Identity.Domain;
using Iop.Identity.Federation;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Memberships;

/// <summary>An admin lets a person's roles follow the login again (följ igen), after they were given or changed by
/// hand.</summary>
internal static class FollowLoginAgain
{
    public sealed record Request(Guid ProviderId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/memberships/{id:guid}/following", Handle).WithName(nameof(FollowLoginAgain));

    internal static async Task<Answer<MembershipView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        var (organisation, membershipId) = (new OrganisationRef(caller.Organisation), new MembershipId(id));
        var only = caller.OnlyUnit();
        await db.OneGiverAtATime(organisation, cancel);
        if (await db.Memberships.FirstOrDefaultAsync(one => one.MembershipId == membershipId
            && one.OrganisationId == organisation && (only == null || one.UnitId == only), cancel) is not { } membership)
            return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return missing;
        if (ifMatch.Misses(membership.Version) is { } stale) return stale;
        var (provider, now) = (new ProviderId(request.ProviderId), clock.GetUtcNow());
        var logins = await FollowedLogins.Of([membership], organisation, db, cancel);
        if (!logins.MayFollow(membership, provider)) return MembershipRefusals.NoLoginToFollow;
        var guard = organisation == OrganisationRef.Operating ? Roles.Operator : Roles.Admin;
        var isLast = membership.UnitId is null && membership.OwnRoles.Contains(guard)
            && !await Guardians.Of(db, organisation, guard).AnyAsync(one => one.MembershipId != membershipId, cancel);
        if (membership.FollowAgain(provider, isLast ? guard : null, now) is { } refusal) return refusal;
        var person = await db.People.SingleAsync(one => one.PersonId == membership.PersonId, cancel);
        db.Announce(id, membership.Version, MembershipView.Fact(membership, person));
        await db.SaveChangesAsync(cancel);
        await EndWhatIsNotUsed.Wait(db, membershipId, now, cancel);
        return Answers.Ok(logins.In(membership, MembershipView.Of(membership, person)), membership.Version);
    }
}
