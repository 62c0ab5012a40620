using Iop.Agreements.Domain.Pool;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;

namespace Iop.Agreements.Pool;

/// <summary>A line was wrong: a new one takes it back (rättelse). Both stay.</summary>
internal static class ReverseEntry
{
    public sealed record Request(string Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id:guid}/pool/entries/{entryId:guid}/reversal", Handle).WithName(nameof(ReverseEntry))
            .Creates();

    internal static async Task<Answer<EntryView>> Handle(
        Guid id, Guid entryId, Request request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await PoolFile.ForUpdate(db, id, cancel) is not { } file) return Refusal.NotFound;
        if (file.Entries.SingleOrDefault(known => known.Id.Value == entryId) is not { } wrong) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Controller) is { } missing) return missing;
        if (await viewer.IsOutside(file.Pool.AgreementId, cancel) is { } outside) return outside;
        if (new Fields().Text("reason", request.Reason, SharedPool.TextMax).Refusal is { } malformed) return malformed;
        if (file.Touch(viewer, isMoney: true) is { } closed) return closed;
        var notTheirs = wrong.Kind is EntryKind.Payout && !file.IsHeldBy(viewer)
            ? PoolRefusals.OnlyTheHolderPays : file.MayReportFor(wrong.PartyId.Value, viewer);
        if (notTheirs is not null) return notTheirs;
        if (PoolEntry.Reverse(
            PoolFile.Entered(viewer, clock.Today(), clock.GetUtcNow()), file.Pool, wrong, request.Reason.Trim(), file.Ledger,
            out var entry) is { } refusal) return refusal;
        return await FillPool.Book(entry, file, id, db, cancel);
    }
}
