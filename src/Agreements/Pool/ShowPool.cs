using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Pool;

/// <summary>The pool, with its balance on any day; and its ledger, the newest line first.</summary>
internal static class ShowPool
{
    public sealed record EntriesView(IReadOnlyList<EntryView> Items, int Total);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/agreements/{id:guid}/pool", Handle).WithName(nameof(ShowPool));
        api.MapGet("/agreements/{id:guid}/pool/entries", List).WithName("ListPoolEntries");
        api.MapGet("/agreements/{id:guid}/pool/entries/{entryId:guid}", Entry).WithName("ShowPoolEntry");
        api.MapGet("/agreements/{id:guid}/pool/grants/{grantId:guid}", Grant).WithName("ShowPoolGrant");
    }

    internal static async Task<Answer<PoolView>> Handle(
        Guid id, DateOnly? on, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await PoolFile.Find(db, id, cancel) is not { } file) return Refusal.NotFound;
        var today = clock.Today();
        return Answers.Ok(await PoolView.Of(db, file, on ?? today, today, viewer, cancel), $"{file.Pool.Version}");
    }

    internal static async Task<Answer<EntriesView>> List(
        Guid id, Paging paging, HttpRequest request, AgreementsDb db, CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        if (await PoolFile.Find(db, id, cancel) is not { } file) return Refusal.NotFound;
        var before = int.TryParse(paging.After, System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
        var lines = file.Entries.Where(entry => entry.Number < before).OrderByDescending(entry => entry.Number)
            .Skip(paging.Skip).Take(paging.Limit + 1).ToList();
        var page = lines.Take(paging.Limit).Select(entry => EntryView.Of(entry, file)).ToList();
        return Answers.Page(
            new EntriesView(page, file.Entries.Count),
            lines.Count > paging.Limit ? Paging.Next(request, $"{page[^1].Number}") : null);
    }

    internal static async Task<Answer<EntryView>> Entry(Guid id, Guid entryId, AgreementsDb db, CancellationToken cancel)
    {
        if (await PoolFile.Find(db, id, cancel) is not { } file) return Refusal.NotFound;
        return file.Entries.SingleOrDefault(entry => entry.Id.Value == entryId) is { } found
            ? Answers.Ok(EntryView.Of(found, file), found.Number)
            : Refusal.NotFound;
    }

    internal static async Task<Answer<GrantView>> Grant(Guid id, Guid grantId, AgreementsDb db, CancellationToken cancel)
    {
        if (await PoolFile.Find(db, id, cancel) is not { } file) return Refusal.NotFound;
        return file.Grants.SingleOrDefault(grant => grant.Id.Value == grantId) is { } found
            ? Answers.Ok(GrantView.Of(found, file, await PoolView.Decisions(db, file, cancel)), found.Version)
            : Refusal.NotFound;
    }
}
