using Iop.Identity.Domain;
using Iop.Identity.Memberships;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.StandingIn;

/// <summary>An admin lets a colleague stand in for another (utser ersättare) from one day to another.</summary>
internal static class AppointStandIn
{
    private const int DaysMax = 366;

    public sealed record Request(Guid PersonId, DateOnly FromOn, DateOnly ToOn);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/memberships/{id:guid}/stand-ins", Handle).WithName(nameof(AppointStandIn)).Creates();

    internal static async Task<Answer<StandInView>> Handle(
        Guid id, Request request, Caller caller, IdentityDb db, SettleStandIns settle, TimeProvider clock,
        CancellationToken cancel)
    {
        var (lender, organisation, stands) =
            (new MembershipId(id), new OrganisationRef(caller.Organisation), new PersonId(request.PersonId));
        var only = caller.OnlyUnit();
        await db.OneGiverAtATime(organisation, cancel);
        if (await db.Memberships.FirstOrDefaultAsync(one => one.MembershipId == lender
            && one.OrganisationId == organisation && (only == null || one.UnitId == only), cancel) is not { } membership)
            return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin) is { } missing) return missing;
        var (now, today) = (clock.GetUtcNow(), clock.Today());
        if (new Fields().Must("toOn", request.ToOn >= request.FromOn, "stand-in.ends-before-it-begins")
            .Must("toOn", request.ToOn.DayNumber - request.FromOn.DayNumber < DaysMax, "stand-in.too-long")
            .Refusal is { } malformed) return malformed;
        var isColleague = await db.Memberships.AnyAsync(
            one => one.PersonId == stands && one.OrganisationId == organisation && one.OwnRoles.Count > 0, cancel);
        if (StandIn.MayBeAppointed(membership, stands, isColleague, request.ToOn, today) is { } no) return no;
        if (Membership.MayBeGiven(membership.OwnRoles, organisation, organisation, caller.Has(Roles.Operator), hasAdmin: true)
            is { } notToLend) return notToLend;
        if (await db.StandIns.FirstOrDefaultAsync(one => one.MembershipId == lender && one.PersonId == stands
            && one.EndedAt == null && one.FromOn <= request.ToOn && request.FromOn <= one.ToOn, cancel) is { } there)
            return StandInRefusals.AlreadyThere(there.StandInId);

        var standIn = StandIn.Appoint(new StandInId(Guid.CreateVersion7(now)), membership, stands, request.FromOn, request.ToOn,
            caller.Person, now);
        db.StandIns.Add(standIn);
        await db.SaveChangesAsync(cancel);
        foreach (var turn in new[] { standIn.FromOn, standIn.ToOn.AddDays(1) })
            await db.Schedule(TurnStandIn.Kind, standIn.StandInId.Value, SwedishTime.StartOf(turn), cancel);
        await settle.For(lender, cancel);
        var person = await db.People.SingleAsync(one => one.PersonId == stands, cancel);
        return Answers.Created(
            $"/identity/v1/stand-ins/{standIn.StandInId.Value}", StandInView.Of(standIn, person, today), standIn.Version);
    }
}
