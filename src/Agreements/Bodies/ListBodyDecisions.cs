using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Domain.Plans;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Bodies;

/// <summary>What a body has decided (beslut), newest first: plans, the pool, the settlement, adjustments of the text.</summary>
internal static class ListBodyDecisions
{
    /// <param name="Items">Newest meeting first.</param>
    public sealed record Result(IReadOnlyList<Decided> Items);

    /// <param name="What">plan, pool, rate, criteria, grant, release, settlement or adjustment.</param>
    /// <param name="Title">What it is called: the plan, the pool, the purpose, the reason; null for a settlement.</param>
    /// <param name="SubjectId">The plan or the grant.</param>
    /// <param name="Number">The plan's version.</param>
    public sealed record Decided(
        string What, string? Title, Guid AgreementId, string AgreementTitle, Guid? SubjectId, int? Number, DateOnly MeetingOn,
        string? Paragraph);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/partnerships/{id:guid}/bodies/{bodyId:guid}/decisions", Handle).WithName(nameof(ListBodyDecisions));

    internal static async Task<Answer<Result>> Handle(Guid id, Guid bodyId, AgreementsDb db, CancellationToken cancel)
    {
        if (await BodyFile.Find(db, id, bodyId, cancel) is not { } body) return Refusal.NotFound;
        var decisions = await db.Decisions.AsNoTracking().Where(decision => decision.BodyId == body.Id).ToListAsync(cancel);
        var titles = await db.Agreements.AsNoTracking().Where(agreement => agreement.PartnershipId == body.PartnershipId)
            .ToDictionaryAsync(agreement => agreement.Id, agreement => agreement.Title, cancel);
        var what = await What([.. decisions.Select(decision => decision.Id)], db, cancel);
        var adjustments = await Adjustments(body, db, cancel);
        return new Result(
        [
            .. decisions.SelectMany(decision => what[decision.Id].DefaultIfEmpty(("decision", null, null, null))
                    .Select(of => new Decided(of.What, of.Title, decision.AgreementId.Value, titles[decision.AgreementId],
                        of.Subject, of.Number, decision.MeetingOn, decision.Paragraph)))
                .Concat(adjustments.Select(change => new Decided("adjustment", change.Reason, change.AgreementId.Value,
                    titles[change.AgreementId], null, null, change.DecidedOn!.Value, change.Paragraph)))
                .OrderByDescending(decided => decided.MeetingOn).ThenBy(decided => decided.What, StringComparer.Ordinal)
                .ThenBy(decided => decided.Title, StringComparer.Ordinal),
        ]);
    }

    /// <summary>An agreement names the body that may adjust it in words: by that name.</summary>
    private static async Task<List<Change>> Adjustments(Body body, AgreementsDb db, CancellationToken cancel)
    {
        var all = await db.Changes.AsNoTracking().Where(change => change.PartnershipId == body.PartnershipId
            && change.Kind == ChangeKind.Adjustment && (body.AgreementId == null || body.AgreementId == change.AgreementId))
            .ToListAsync(cancel);
        return [.. all.Where(change => string.Equals(change.Body, body.Name, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>What each decision was about; a set of criteria is one thing.</summary>
    private static async Task<ILookup<DecisionId, (string What, string? Title, Guid? Subject, int? Number)>> What(
        List<DecisionId> of, AgreementsDb db, CancellationToken cancel)
    {
        var plans = await db.PlanVersions.AsNoTracking().Where(plan => of.Contains(plan.DecisionId))
            .Select(plan => new { plan.DecisionId, plan.Title, plan.PlanId, plan.Number }).ToListAsync(cancel);
        var pools = await db.Pools.AsNoTracking().Where(pool => of.Contains(pool.DecisionId)).ToListAsync(cancel);
        var rates = await db.PoolRates.AsNoTracking().Where(rate => of.Contains(rate.DecisionId)).ToListAsync(cancel);
        var criteria = await db.PoolCriteria.AsNoTracking().Where(one => of.Contains(one.DecisionId)).OrderBy(one => one.Rank)
            .ToListAsync(cancel);
        var grants = await db.PoolGrants.AsNoTracking().Where(grant => of.Contains(grant.DecisionId)
            || (grant.ReleaseDecisionId != null && of.Contains(grant.ReleaseDecisionId.Value))).ToListAsync(cancel);
        var settled = await db.Settlements.AsNoTracking().Where(one => of.Contains(one.DecisionId))
            .Select(one => one.DecisionId).ToListAsync(cancel);
        var all = new List<(DecisionId Decision, string What, string? Title, Guid? Subject, int? Number)>();
        all.AddRange(plans.Select(plan => (plan.DecisionId, "plan", (string?)plan.Title, (Guid?)plan.PlanId.Value,
            (int?)plan.Number)));
        all.AddRange(pools.Select(pool => (pool.DecisionId, "pool", (string?)pool.Title, (Guid?)null, (int?)null)));
        all.AddRange(rates.Select(rate => (rate.DecisionId, "rate", (string?)rate.Unit, (Guid?)null, (int?)null)));
        all.AddRange(criteria.GroupBy(one => one.DecisionId).Select(set =>
            (set.Key, "criteria", (string?)string.Join(", ", set.Select(one => one.Text)), (Guid?)null, (int?)null)));
        all.AddRange(grants.Where(grant => of.Contains(grant.DecisionId)).Select(grant =>
            (grant.DecisionId, "grant", (string?)grant.Purpose, (Guid?)grant.Id.Value, (int?)null)));
        all.AddRange(grants.Where(grant => grant.ReleaseDecisionId is { } by && of.Contains(by)).Select(grant =>
            (grant.ReleaseDecisionId!.Value, "release", (string?)grant.Purpose, (Guid?)grant.Id.Value, (int?)null)));
        all.AddRange(settled.Select(decision => (decision, "settlement", (string?)null, (Guid?)null, (int?)null)));
        return all.ToLookup(one => one.Decision, one => (one.What, one.Title, one.Subject, one.Number));
    }
}
