using Iop.Agreements.Checking;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Plans;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Plans;

/// <summary>A governance body adopts a plan for a year or a stage (antar en insatsplan). Nobody signs again.</summary>
internal static class AdoptPlan
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id:guid}/plans", Handle).WithName(nameof(AdoptPlan)).Creates();

    internal static async Task<Answer<PlanView>> Handle(
        Guid id, PlanRequest request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        var plan = InterventionPlan.Of(new PlanId(Guid.CreateVersion7(clock.GetUtcNow())), agreement);
        var (refusal, view) = await Adopt(request, plan, agreement, viewer, db, clock.GetUtcNow(), cancel);
        return refusal is not null
            ? refusal
            : Answers.Created($"/agreements/v1/agreements/{id}/plans/{plan.Id.Value}", view!, plan.Version);
    }

    /// <summary>The same for a new plan and for a change of one.</summary>
    internal static async Task<(Refusal? Refusal, PlanView? View)> Adopt(
        PlanRequest request, InterventionPlan plan, Agreement agreement, Viewer viewer, AgreementsDb db, DateTimeOffset now,
        CancellationToken cancel)
    {
        if (request.Read(() => Guid.CreateVersion7(now), adopts: true, out var text) is { } malformed) return (malformed, null);
        var living = await Living.Of(db, agreement, cancel);
        if (living.ActingFor(viewer).Count == 0) return (PartnershipRefusals.NotAParty, null);
        if (text.Items.SelectMany(item => item.Parties).Any(party => living.AllParties.All(known => known.Id != party)))
            return (PlanRefusals.UnknownParty, null);
        var others = await db.Plans.AsNoTracking().Where(other => other.AgreementId == agreement.Id).ToListAsync(cancel);
        var (undecided, decision) = await request.Decision!.Record(db, living, viewer, joint: false, now, cancel);
        if (undecided is not null) return (undecided, null);
        if (plan.Adopt(
            text, request.Reason!.Trim(), decision, living.Frame, request.KnowsItLeavesTheFrame, agreement.State, others,
            out var version) is { } refusal) return (refusal, null);
        if (version.Number == 1) db.Add(plan);
        db.Add(version);
        await db.Schedule(RemindOfChecks.Kind, agreement.Id.Value, SwedishTime.StartOf(Checks.DayBeforePlanEnds(plan.EndsOn)),
            cancel);
        db.Announce(plan.Id.Value, plan.Version, new InterventionPlanAdopted
        {
            PlanId = plan.Id.Value,
            Sequence = plan.Version,
            AgreementId = agreement.Id.Value,
            PartnershipId = agreement.PartnershipId.Value,
            Title = plan.Title,
            Number = plan.Number,
            StartsOn = plan.StartsOn,
            EndsOn = plan.EndsOn,
            LeavesTheFrame = version.Oversteps.Count > 0,
            OrganisationId = viewer.Organisation.Value,
        });
        await db.SaveChangesAsync(cancel);
        return (null, await PlanView.Of(db, living, plan, null, viewer, cancel));
    }
}
