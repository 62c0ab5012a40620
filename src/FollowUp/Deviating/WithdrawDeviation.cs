using Iop.Contracts.FollowUp;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Deviating;

/// <summary>The party that raised a deviation takes back a mistaken one (återtar), with the reason, before it is decided. It
/// stays to be read.</summary>
internal static class WithdrawDeviation
{
    public sealed record Request(string Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/deviations/{id:guid}/withdrawal", Handle).WithName(nameof(WithdrawDeviation));

    internal static async Task<Answer<DeviationView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, FollowUpDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Deviation(id, cancel) is not { } deviation) return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer, Roles.Reporter) is { } missing) return missing;
        if (await db.GuestUntil(deviation.Partnership.Value, cancel) is not null) return FollowUpRefusals.GuestsOnlyRead;
        if (ifMatch.Misses(deviation.Version) is { } stale) return stale;
        if (new Fields().Text("reason", request.Reason, 4_000)
            .Must("reason", !FreeText.PointsOutAPerson(request.Reason), FreeText.PersonalData).Refusal is { } malformed)
            return malformed;
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        if (deviation.Withdraw(request.Reason.Trim(), by, clock.GetUtcNow()) is { } refusal) return refusal;
        var plan = await db.Plans.AsNoTracking().SingleAsync(one => one.Id == deviation.Plan, cancel);
        // Of an agreement that has ended nobody is told anything more.
        if (plan.State is Domain.Indicators.PlanState.Open)
        {
            db.Announce(deviation.Id.Value, deviation.Version, new DeviationWithdrawn
            {
                DeviationId = deviation.Id.Value,
                Sequence = deviation.Version,
                PartnershipId = plan.Partnership.Value,
                AgreementId = plan.Agreement.Value,
                Title = deviation.Title,
                OrganisationId = caller.Organisation,
            });
        }
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await DeviationsContext.View(db, deviation, caller.Organisation, cancel), deviation.Version);
    }
}
