using Iop.Agreements.Domain.Pool;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Plans;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;

namespace Iop.Agreements.Pool;

/// <summary>The holder pays what has been decided (utbetalning), all at once or bit by bit.</summary>
internal static class PayOutGrant
{
    public sealed record Request(string Amount, DateOnly? BookedOn = null, string? Note = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id:guid}/pool/grants/{grantId:guid}/payouts", Handle).WithName(nameof(PayOutGrant)).Creates();

    internal static async Task<Answer<EntryView>> Handle(
        Guid id, Guid grantId, Request request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await PoolFile.ForUpdate(db, id, cancel) is not { } file) return Refusal.NotFound;
        if (file.Grants.SingleOrDefault(known => known.Id.Value == grantId) is not { } grant) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Controller, Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(file.Pool.AgreementId, cancel) is { } outside) return outside;
        if (FillPool.Amount(new Fields().OptionalText("note", request.Note, SharedPool.TextMax), request.Amount, out var amount)
            .Refusal is { } malformed) return malformed;
        if (file.Touch(viewer, isMoney: true) is { } closed) return closed;
        if (!file.IsHeldBy(viewer)) return PoolRefusals.OnlyTheHolderPays;
        if (PoolEntry.PayOut(
            PoolFile.Entered(viewer, request.BookedOn ?? clock.Today(), clock.GetUtcNow()), file.Pool, grant, amount,
            PlanRequest.Blank(request.Note), file.Ledger, out var entry) is { } refusal) return refusal;
        if (file.Ledger.LeftOf(grant) == amount)
            db.Announce(file.Pool.Id.Value, file.Pool.Version, ReleaseGrant.PoolGrantClosedOf(grant, file));
        return await FillPool.Book(entry, file, id, db, cancel);
    }
}
