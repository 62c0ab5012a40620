using System.Globalization;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Registry.Entries;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.OpenData;

/// <summary>What has been written in the register since one last asked (ändringsflöde): every entry as it stands now, the
/// longest unchanged first. Nothing is missed, however many write at once; an entry may come twice.</summary>
internal static class ListChanges
{
    /// <param name="Next">What to ask with next time.</param>
    public sealed record View(IReadOnlyList<Change> Items, string Next, bool IsMore);

    /// <summary>An entry that was written; one that is merged into another counts no more.</summary>
    public sealed record Change(EntryLine Entry, long Version, Guid? MergedInto);

    private const int Most = 200;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/changes", Handle).WithName(nameof(ListChanges)).AllowAnonymous();

    internal static async Task<Answer<View>> Handle(string? since, RegistryDb db, CancellationToken cancel)
    {
        if (Read(since) is not var (writing, id)) return new Fields().Must("since", false, "changes.unreadable").Refusal!;
        // Only what was written by transactions before which none is still open: later ones may yet come in between.
        var rows = await db.Database.SqlQuery<Row>($"""
            SELECT entry_id AS "Id", written_in::text AS "WrittenIn" FROM entry
            WHERE (written_in, entry_id) > ({writing}::xid8, {id}) AND written_in < pg_snapshot_xmin(pg_current_snapshot())
            ORDER BY written_in, entry_id LIMIT {Most + 1}
            """).ToListAsync(cancel);
        var shown = rows.Take(Most).ToList();
        var ids = shown.ConvertAll(row => new Domain.EntryId(row.Id));
        var entries = await db.Entries.IgnoreQueryFilters().WithAll().Where(entry => ids.Contains(entry.EntryId))
            .ToDictionaryAsync(entry => entry.EntryId.Value, cancel);
        var next = shown.Count > 0 ? $"{shown[^1].WrittenIn}_{shown[^1].Id}" : since ?? Beginning;
        return new View([.. shown.Select(row => entries[row.Id]).Select(entry =>
            new Change(EntryLine.Of(entry), entry.Version, entry.MergedIntoEntryId?.Value))], next, rows.Count > Most);
    }

    private const string Beginning = "0_00000000-0000-0000-0000-000000000000";

    private static (string Writing, Guid Id)? Read(string? since) => (since ?? Beginning).Split('_') is [var writing, var id]
        && ulong.TryParse(writing, NumberStyles.None, CultureInfo.InvariantCulture, out _) && Guid.TryParse(id, out var parsed)
            ? (writing, parsed) : null;

    private sealed record Row(Guid Id, string WrittenIn);
}
