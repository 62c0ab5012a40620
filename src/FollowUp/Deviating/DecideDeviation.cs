using Iop.Contracts.FollowUp;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Deviations;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Deviating;

/// <summary>The parties decide what a deviation leads to (beslutar om en avvikelse), once: the plan is kept, it is adjusted, or
/// a renegotiation is proposed. As with plans, a party's officer writes the decision down, or a signatory.</summary>
internal static class DecideDeviation
{
    /// <param name="Decision">keep, adjust-plan or propose-renegotiation.</param>
    public sealed record Request(string Decision, string Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/deviations/{id:guid}/decision", Handle).WithName(nameof(DecideDeviation));

    internal static async Task<Answer<DeviationView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, FollowUpDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Deviation(id, cancel) is not { } deviation) return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer, Roles.Signatory) is { } missing) return missing;
        if (await db.GuestUntil(deviation.Partnership.Value, cancel) is not null) return FollowUpRefusals.GuestsOnlyRead;
        if (ifMatch.Misses(deviation.Version) is { } stale) return stale;
        if (new Fields().OneOf("decision", request.Decision, Enum.GetValues<DeviationOutcome>().Select(DeviationView.Word))
            .Text("reason", request.Reason, 4_000)
            .Must("reason", !FreeText.PointsOutAPerson(request.Reason), FreeText.PersonalData).Refusal is { } malformed)
            return malformed;
        var plan = await db.Plans.AsNoTracking().SingleAsync(one => one.Id == deviation.Plan, cancel);
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        var outcome = Enum.GetValues<DeviationOutcome>().Single(one => DeviationView.Word(one) == request.Decision);
        if (deviation.Decide(plan, outcome, request.Reason.Trim(), by, clock.GetUtcNow()) is { } refusal) return refusal;
        db.Announce(deviation.Id.Value, deviation.Version, new DeviationDecided
        {
            DeviationId = deviation.Id.Value,
            Sequence = deviation.Version,
            PartnershipId = plan.Partnership.Value,
            AgreementId = plan.Agreement.Value,
            Title = deviation.Title,
            OrganisationId = caller.Organisation,
            Decision = request.Decision,
        });
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await DeviationsContext.View(db, deviation, caller.Organisation, cancel), deviation.Version);
    }
}
