using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Pool;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Plans;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Pool;

/// <summary>The parties set up a shared pool (gemensam pott), in one party's keeping.</summary>
internal static class SetUpPool
{
    public sealed record Request(string Title, Guid HolderPartyId, DecisionRequest Decision);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id:guid}/pool", Handle).WithName(nameof(SetUpPool)).Creates();

    internal static async Task<Answer<PoolView>> Handle(
        Guid id, Request request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        if (request.Decision.Look(new Fields().Text("title", request.Title, SharedPool.TitleMax)).Refusal is { } malformed)
            return malformed;
        var living = await Living.Of(db, agreement, cancel);
        if (living.ActingFor(viewer).Count == 0) return PartnershipRefusals.NotAParty;
        if (await db.Pools.AnyAsync(known => known.AgreementId == agreement.Id, cancel)) return PoolRefusals.AlreadyThere;
        var now = clock.GetUtcNow();
        var (undecided, decision) = await request.Decision.Record(db, living, viewer, joint: true, now, cancel);
        if (undecided is not null) return undecided;
        if (SharedPool.SetUp(
            new PoolId(Guid.CreateVersion7(now)), agreement, request.Title.Trim(), new PartyId(request.HolderPartyId), decision,
            living.Parties, out var pool) is { } refusal) return refusal;
        db.Add(pool);
        await db.SaveChangesAsync(cancel);
        var file = new PoolFile(pool, living, [], [], [], []);
        return Answers.Created($"/agreements/v1/agreements/{id}/pool",
            await PoolView.Of(db, file, clock.Today(), clock.Today(), viewer, cancel), pool.Version);
    }
}
