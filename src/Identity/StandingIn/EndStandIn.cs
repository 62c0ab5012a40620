using Iop.Identity.Domain;
using Iop.Identity.Memberships;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.StandingIn;

/// <summary>An admin ends it before its last day: what was lent goes at once.</summary>
internal static class EndStandIn
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/stand-ins/{id:guid}", Handle).WithName(nameof(EndStandIn));

    internal static async Task<Answer<StandInView>> Handle(
        Guid id, Caller caller, IfMatch ifMatch, IdentityDb db, SettleStandIns settle, TimeProvider clock,
        CancellationToken cancel)
    {
        var (standInId, organisation) = (new StandInId(id), new OrganisationRef(caller.Organisation));
        var only = caller.OnlyUnit();
        await db.OneGiverAtATime(organisation, cancel);
        if (await db.StandIns.FirstOrDefaultAsync(one => one.StandInId == standInId && one.OrganisationId == organisation
            && (only == null || db.Memberships.Any(held => held.MembershipId == one.MembershipId && held.UnitId == only)),
            cancel) is not { } standIn) return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin) is { } missing) return missing;
        if (ifMatch.Misses(standIn.Version) is { } stale) return stale;
        var today = clock.Today();
        if (standIn.End(today, clock.GetUtcNow()) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        await settle.For(standIn.MembershipId, cancel);
        var person = await db.People.SingleAsync(one => one.PersonId == standIn.PersonId, cancel);
        return Answers.Ok(StandInView.Of(standIn, person, today), standIn.Version);
    }
}
