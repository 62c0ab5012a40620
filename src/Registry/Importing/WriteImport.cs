using System.Text.Json;
using Iop.Kernel;
using Iop.Registry.Domain;
using Iop.Registry.Keeping;
using Iop.Registry.Organisations;
using Iop.Registry.Places;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Importing;

/// <summary>Writes the rows of a confirmed list in the register, a thousand at a time, in one transaction: all of them or
/// none.</summary>
internal static class WriteImport
{
    private const int BatchMax = 1_000;

    /// <param name="progress">Is told how many rows have been written so far.</param>
    public static async Task Write(
        this RegistryDb db, RegisterImport import, TimeProvider clock, Func<int, Task>? progress, CancellationToken cancel)
    {
        if (await db.IsOverTaken(import.ImportId, cancel))
        {
            import.Discard();
            return;
        }
        var (now, today, by) = (clock.GetUtcNow(), clock.Today(), await db.NameOf(import.OrganisationId.Value, cancel));
        var keeper = import.IsOperators ? (OrganisationId?)null : import.OrganisationId;
        var days = new HashSet<DateOnly>();
        for (var last = 0; ;)
        {
            var batch = await db.Database.SqlQuery<Row>($"""
                SELECT number AS "Number", words::text AS "Words", kept_id AS "KeptId" FROM import_row
                WHERE import_id = {import.ImportId.Value} AND number > {last} AND entry_id IS NULL ORDER BY number LIMIT {BatchMax}
                """).ToListAsync(cancel);
            if (batch.Count == 0) break;
            var rows = batch.ConvertAll(row => (row.Number, row.KeptId, Row: JsonSerializer.Deserialize<StagedRow>(row.Words)!));
            var parties = await db.Identify([.. rows.SelectMany(row => row.Row.Words.Parties)], cancel);
            var entries = new List<Entry>(rows.Count);
            var at = 0;
            foreach (var (number, kept, row) in rows)
            {
                var its = parties.Skip(at).Take(row.Words.Parties.Count).ToList();
                at += row.Words.Parties.Count;
                entries.Add(Entry.Write(new EntryId(kept ?? Guid.CreateVersion7(now)), LinkedRows.WithoutLinks(row.Words),
                    new EntrySource(Entry.Imported, keeper, by, its,
                        PlaceList.NameOf(row.Words.MunicipalityCode, row.Words.CountyCode), row.Synthetic,
                        import.ImportId.Value, number, row.ConfirmedOn), today, now));
            }
            await CopyIn.All(db, entries, cancel);
            days.UnionWith(entries.Select(entry => entry.NextChangeOn).OfType<DateOnly>());
            last = batch[^1].Number;
            if (progress is not null) await progress(last);
        }
        await db.TieImported(import.ImportId, cancel);
        foreach (var day in days) await db.AwaitDay(day, cancel);
        import.Write(now);
    }

    private sealed record Row(int Number, string Words, Guid? KeptId);
}
