using Iop.Agreements.Domain.Pool;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Plans;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Pool;

/// <summary>The body agrees, before any money is used, by what it will choose among uses (prioriteringskriterier).</summary>
internal static class AgreeCriteria
{
    /// <param name="Criteria">The weightiest first. They replace the earlier set.</param>
    public sealed record Request(IReadOnlyList<string> Criteria, DecisionRequest Decision);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id:guid}/pool/criteria", Handle).WithName(nameof(AgreeCriteria));

    internal static async Task<Answer<PoolView>> Handle(
        Guid id, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await PoolFile.ForUpdate(db, id, cancel) is not { } file) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(file.Pool.AgreementId, cancel) is { } outside) return outside;
        if (ifMatch.Misses(file.Pool.Version) is { } stale) return stale;
        if (Look(request) is { } malformed) return malformed;
        if (file.Touch(viewer, isMoney: false) is { } refusal) return refusal;
        var now = clock.GetUtcNow();
        var (undecided, decision) = await request.Decision.Record(db, file.Living, viewer, joint: true, now, cancel);
        if (undecided is not null) return undecided;
        var set = file.Criteria.Count == 0 ? 1 : file.Criteria.Max(one => one.SetNumber) + 1;
        var criteria = request.Criteria.Select((text, at) => new PoolCriterion
        {
            Id = new CriterionId(Guid.CreateVersion7(now)),
            PoolId = file.Pool.Id,
            PartnershipId = file.Pool.PartnershipId,
            SetNumber = set,
            Rank = at + 1,
            Text = text.Trim(),
            AgreedOn = decision.MeetingOn,
            DecisionId = decision.Id,
        }).ToList();
        db.AddRange(criteria);
        file.Criteria.AddRange(criteria);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await PoolView.Of(db, file, clock.Today(), clock.Today(), viewer, cancel), file.Pool.Version);
    }

    private static Refusal? Look(Request request)
    {
        var fields = new Fields().Count("criteria", request.Criteria.Count, 1, PoolCriterion.PerSetMax);
        for (var at = 0; at < Math.Min(request.Criteria.Count, PoolCriterion.PerSetMax); at++)
            fields.Text($"criteria[{at}]", request.Criteria[at], PoolCriterion.TextMax);
        return request.Decision.Look(fields).Refusal;
    }
}
