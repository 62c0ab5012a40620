using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Plans;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Plans;

/// <summary>The body changes the plan (ändrar insatsplanen): a new version beside the earlier ones, with the reason.</summary>
internal static class ChangePlan
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id:guid}/plans/{planId:guid}/versions", Handle).WithName(nameof(ChangePlan));

    internal static async Task<Answer<PlanView>> Handle(
        Guid id, Guid planId, PlanRequest request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (await db.Plans.SingleOrDefaultAsync(
            known => known.Id == new PlanId(planId) && known.AgreementId == agreement.Id, cancel) is not { } plan)
            return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        if (ifMatch.Misses(plan.Version) is { } stale) return stale;
        var (refusal, view) = await AdoptPlan.Adopt(request, plan, agreement, viewer, db, clock.GetUtcNow(), cancel);
        return refusal is not null ? refusal : Answers.Ok(view!, plan.Version);
    }
}
