using System.Text;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Registry.Domain;
using Iop.Registry.Entries;
using Iop.Registry.OpenData;
using Iop.Registry.Statistics;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Importing;

/// <summary>What a search finds, as a table in the form that can be brought in again; or its parties, one a row.</summary>
internal static class ExportEntries
{
    private const int BatchMax = 500;
    private const int RowsMax = 2_000_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/entries/csv", Handle).WithName("DownloadEntries").AllowAnonymous().FollowsTheRegister()
            .Produces(StatusCodes.Status200OK, contentType: "text/csv");
        api.MapGet("/entries/parties/csv", Parties).WithName("DownloadParties").AllowAnonymous().FollowsTheRegister()
            .Produces(StatusCodes.Status200OK, contentType: "text/csv");
    }

    internal static Task<IResult> Handle(
        [AsParameters] FindEntries.Wishes wishes, RegistryDb db, TimeProvider clock, CancellationToken cancel) =>
        Table(wishes, db, clock, "partnerskap.csv", EntryColumns.All, entry => [EntryColumns.Row(entry)], cancel);

    internal static Task<IResult> Parties(
        [AsParameters] FindEntries.Wishes wishes, RegistryDb db, TimeProvider clock, CancellationToken cancel) =>
        Table(wishes, db, clock, "parter.csv", PartyColumns.All, PartyColumns.Rows, cancel);

    private static async Task<IResult> Table(
        FindEntries.Wishes wishes, RegistryDb db, TimeProvider clock, string name, IReadOnlyList<string> columns,
        Func<Entry, IEnumerable<IReadOnlyList<string>>> rows, CancellationToken cancel)
    {
        if (FindEntries.Look(wishes) is { } malformed) return (Answer<object>)malformed;
        var found = (await Search.For(wishes, clock.Today(), db, cancel)).Search.In(db);
        // Written to a file that goes away with its stream: a large table is never whole in memory.
        var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024,
            FileOptions.DeleteOnClose);
        await using (var writer = new StreamWriter(file, new UTF8Encoding(true), leaveOpen: true))
        {
            await writer.WriteLineAsync(string.Join(';', columns).AsMemory(), cancel);
            var last = Guid.Empty;
            for (var written = 0; written < RowsMax; written += BatchMax)
            {
                var batch = await found.Where(entry => ((Guid)(object)entry.EntryId).CompareTo(last) > 0).WithAll()
                    .OrderBy(entry => entry.EntryId).Take(BatchMax).ToListAsync(cancel);
                if (batch.Count == 0) break;
                foreach (var row in batch.SelectMany(rows))
                    await writer.WriteLineAsync(string.Join(';', row.Select(CsvCell.Of)).AsMemory(), cancel);
                last = batch[^1].EntryId.Value;
            }
        }
        file.Position = 0;
        return TypedResults.Stream(file, "text/csv; charset=utf-8", name);
    }
}
