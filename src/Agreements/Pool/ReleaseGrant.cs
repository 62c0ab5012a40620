using Iop.Agreements.Domain.Pool;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Plans;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Pool;

/// <summary>The body takes back what has been decided and not yet paid; the money is free again.</summary>
internal static class ReleaseGrant
{
    public sealed record Request(string Reason, DecisionRequest Decision);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id:guid}/pool/grants/{grantId:guid}/release", Handle).WithName(nameof(ReleaseGrant));

    internal static async Task<Answer<GrantView>> Handle(
        Guid id, Guid grantId, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await PoolFile.ForUpdate(db, id, cancel) is not { } file) return Refusal.NotFound;
        if (file.Grants.SingleOrDefault(known => known.Id.Value == grantId) is not { } grant) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(file.Pool.AgreementId, cancel) is { } outside) return outside;
        if (ifMatch.Misses(grant.Version) is { } stale) return stale;
        if (request.Decision.Look(new Fields().Text("reason", request.Reason, SharedPool.TextMax)).Refusal is { } malformed)
            return malformed;
        if (file.Touch(viewer, isMoney: true) is { } closed) return closed;
        var now = clock.GetUtcNow();
        var (undecided, decision) = await request.Decision.Record(db, file.Living, viewer, joint: true, now, cancel);
        if (undecided is not null) return undecided;
        if (grant.Release(request.Reason.Trim(), decision, file.Ledger, now) is { } refusal) return refusal;
        db.Announce(file.Pool.Id.Value, file.Pool.Version, PoolGrantClosedOf(grant, file));
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(GrantView.Of(grant, file, await PoolView.Decisions(db, file, cancel)), grant.Version);
    }

    /// <summary>Paid in full, or released: the holder's line is done.</summary>
    internal static PoolGrantClosed PoolGrantClosedOf(PoolGrant grant, PoolFile file) => new()
    {
        GrantId = grant.Id.Value,
        Sequence = file.Pool.Version,
        PoolId = file.Pool.Id.Value,
        AgreementId = file.Pool.AgreementId.Value,
        PartnershipId = file.Pool.PartnershipId.Value,
        Title = file.Pool.Title,
        Purpose = grant.Purpose,
        How = grant.ReleasedAt is null ? "paid" : "released",
    };
}
