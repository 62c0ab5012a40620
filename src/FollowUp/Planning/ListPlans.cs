using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Indicators;
using Iop.FollowUp.Storage;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Planning;

/// <summary>The plans that the caller's organisation takes part in, newest first.</summary>
internal static class ListPlans
{
    public sealed record Line(Guid Id, Guid PartnershipId, Guid AgreementId, string Title, string State, DateOnly StartsOn,
        DateOnly? EndsOn);

    public sealed record View(IReadOnlyList<Line> Items);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/plans", Handle).WithName(nameof(ListPlans));

    internal static async Task<Answer<View>> Handle(
        Guid? partnershipId, Paging paging, FollowUpDb db, HttpRequest request, CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        Guid? after = Guid.TryParse(paging.After, out var last) ? last : null;
        var plans = db.Plans.FromSql($"SELECT * FROM plan WHERE {after}::uuid IS NULL OR plan_id < {after}::uuid").AsNoTracking();
        if (partnershipId is { } partnership) plans = plans.Where(plan => plan.Partnership == new PartnershipRef(partnership));
        var page = await plans.OrderByDescending(plan => plan.Id).Skip(paging.Skip).Take(paging.Limit + 1).ToListAsync(cancel);
        var shown = page.Take(paging.Limit).Select(plan => new Line(
            plan.Id.Value, plan.Partnership.Value, plan.Agreement.Value, plan.Title,
            plan.State == PlanState.Open ? "open" : "closed", plan.StartsOn, plan.EndsOn)).ToList();
        return Answers.Page(new View(shown), page.Count > paging.Limit ? Paging.Next(request, shown[^1].Id.ToString()) : null);
    }
}
