using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Participants;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Participants;

/// <summary>The keys that the caller's organisation has asked for: how many, and each batch to be fetched as data or as a file.
/// Nobody else can, not even the other parties.</summary>
internal static class ListKeys
{
    /// <param name="Minted">By all organisations of the contract.</param>
    /// <param name="DestroyedOn">Since when there are none.</param>
    public sealed record View(int Minted, int Left, DateOnly? DestroyedOn, IReadOnlyList<BatchView> Items);

    public sealed record BatchView(Guid Id, int Count);

    public sealed record KeysView(Guid Id, IReadOnlyList<string> Items);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/contracts/{id:guid}/participant-keys", Handle).WithName(nameof(ListKeys));
        api.MapGet("/contracts/{id:guid}/participant-keys/{batch:guid}", Batch).WithName("ShowKeys").LeavesATrail();
        api.MapGet("/contracts/{id:guid}/participant-keys/{batch:guid}/csv", Table).WithName("ShowKeysAsCsv").LeavesATrail()
            .Produces(StatusCodes.Status200OK, contentType: "text/csv");
    }

    internal static async Task<Answer<View>> Handle(Guid id, Caller caller, FollowUpDb db, CancellationToken cancel)
    {
        var contract = new ContractRef(id);
        if (!await db.Contracts.AnyAsync(one => one.Id == contract, cancel)) return Refusal.NotFound;
        if (caller.Lacks(Roles.Reporter) is { } missing) return missing;
        var series = await db.ParticipantSeries.AsNoTracking().SingleOrDefaultAsync(one => one.ContractId == contract, cancel);
        var batches = await Own(db, contract, caller).GroupBy(one => one.BatchId)
            .Select(group => new { Id = group.Key, Count = group.Count() }).ToListAsync(cancel);
        var minted = series?.Minted ?? 0;
        return new View(minted, ParticipantSeries.Max - minted,
            series?.DestroyedAt is { } at ? SwedishTime.DateIn(at) : null,
            [.. batches.OrderBy(batch => batch.Id).Select(batch => new BatchView(batch.Id, batch.Count))]);
    }

    internal static async Task<Answer<KeysView>> Batch(
        Guid id, Guid batch, Caller caller, FollowUpDb db, CancellationToken cancel)
    {
        var (keys, refusal) = await KeysOf(id, batch, caller, db, cancel);
        return refusal is not null ? refusal : new KeysView(batch, keys);
    }

    internal static async Task<IResult> Table(
        Guid id, Guid batch, Caller caller, FollowUpDb db, Texts texts, HttpRequest request, CancellationToken cancel)
    {
        var (keys, refusal) = await KeysOf(id, batch, caller, db, cancel);
        if (refusal is not null) return (Answer<object>)refusal;
        var language = Texts.LanguageOf(request);
        return ParticipantFile.Of(
            [texts.Find(language, "participant.key") ?? ""], keys.Select(key => (IReadOnlyList<string>)[key]),
            texts.Find(language, "participant.keys.file") ?? "");
    }

    private static async Task<(IReadOnlyList<string> Keys, Refusal? Refusal)> KeysOf(
        Guid id, Guid batch, Caller caller, FollowUpDb db, CancellationToken cancel)
    {
        var contract = new ContractRef(id);
        if (!await db.Contracts.AnyAsync(one => one.Id == contract, cancel)) return ([], Refusal.NotFound);
        if (caller.Lacks(Roles.Reporter) is { } missing) return ([], missing);
        var keys = await Own(db, contract, caller).Where(one => one.BatchId == batch).Select(one => one.Key).Order()
            .ToListAsync(cancel);
        return keys.Count == 0 ? ([], Refusal.NotFound) : (keys, null);
    }

    private static IQueryable<Participant> Own(FollowUpDb db, ContractRef contract, Caller caller) => db.Participants
        .AsNoTracking().Where(one => one.ContractId == contract && one.OrganisationId == caller.Organisation);
}
