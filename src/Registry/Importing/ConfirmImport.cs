using System.Text.Json;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Registry.Domain;
using Iop.Registry.Keeping;
using Iop.Registry.Organisations;
using Iop.Registry.Places;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Importing;

/// <summary>The report has been seen: the whole list is written in the register, or nothing of it.</summary>
internal static class ConfirmImport
{
    public sealed record HeadingsRequest(IReadOnlyDictionary<string, string> Headings);

    public sealed record HeadingsView(IReadOnlyDictionary<string, string> Headings, IReadOnlyList<string> Columns);

    private const int BatchMax = 1_000;
    private const int HeadingsMax = 100;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/imports/{id:guid}", Show).WithName("ShowImport");
        api.MapPost("/imports/{id:guid}/confirmation", Handle).WithName(nameof(ConfirmImport));
        api.MapGet("/import-headings", ShowHeadings).WithName("ShowImportHeadings");
        api.MapPut("/import-headings", Remember).WithName("RememberImportHeadings");
    }

    internal static async Task<Answer<ImportView>> Show(
        Guid id, RegistryDb db, Reader reader, CancellationToken cancel)
    {
        var key = new ImportId(id);
        return await db.Imports.AsNoTracking().FirstOrDefaultAsync(one => one.ImportId == key, cancel) is { } import
            ? Answers.Ok(await ImportView.Of(import, db, reader, cancel), import.Version)
            : Refusal.NotFound;
    }

    internal static async Task<Answer<ImportView>> Handle(
        Guid id, Caller caller, IfMatch ifMatch, RegistryDb db, TimeProvider clock, Reader reader,
        CancellationToken cancel)
    {
        var key = new ImportId(id);
        if (await db.Imports.FromSql($"SELECT * FROM import WHERE import_id = {id} FOR UPDATE")
            .FirstOrDefaultAsync(one => one.ImportId == key, cancel) is not { } import) return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer, Roles.Operator) is { } missing) return missing;
        if (ifMatch.Misses(import.Version) is { } stale) return stale;
        if (import.Confirm(clock.GetUtcNow()) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        await Write(import, caller, db, clock, cancel);
        return Answers.Ok(await ImportView.Of(import, db, reader, cancel), import.Version);
    }

    private static async Task Write(
        RegisterImport import, Caller caller, RegistryDb db, TimeProvider clock, CancellationToken cancel)
    {
        var (now, today, by) = (clock.GetUtcNow(), clock.Today(), await db.NameOf(caller.Organisation, cancel));
        var keeper = caller.Has(Roles.Operator) ? (OrganisationId?)null : import.OrganisationId;
        var days = new HashSet<DateOnly>();
        for (var last = 0; ;)
        {
            var batch = await db.Database.SqlQuery<Row>($"""
                SELECT number AS "Number", words::text AS "Words" FROM import_row
                WHERE import_id = {import.ImportId.Value} AND number > {last} AND entry_id IS NULL ORDER BY number LIMIT {BatchMax}
                """).ToListAsync(cancel);
            if (batch.Count == 0) break;
            var rows = batch.ConvertAll(row => (row.Number, Row: JsonSerializer.Deserialize<StagedRow>(row.Words)!));
            var parties = await db.Identify([.. rows.SelectMany(row => row.Row.Words.Parties)], cancel);
            var entries = new List<Entry>(rows.Count);
            var at = 0;
            foreach (var (number, row) in rows)
            {
                var its = parties.Skip(at).Take(row.Words.Parties.Count).ToList();
                at += row.Words.Parties.Count;
                entries.Add(Entry.Write(new EntryId(Guid.CreateVersion7(now)), row.Words, new EntrySource(
                    Entry.Imported, keeper, by, its, PlaceList.NameOf(row.Words.MunicipalityCode, row.Words.CountyCode),
                    row.Synthetic, import.ImportId.Value, number, row.ConfirmedOn), today, now));
            }
            await CopyIn.All(db, entries, cancel);
            days.UnionWith(entries.Select(entry => entry.NextChangeOn).OfType<DateOnly>());
            last = batch[^1].Number;
        }
        foreach (var day in days) await db.AwaitDay(day, cancel);
    }

    internal static async Task<Answer<HeadingsView>> ShowHeadings(RegistryDb db, CancellationToken cancel) =>
        new HeadingsView(await Headings(db, cancel), EntryColumns.All);

    internal static async Task<Answer<HeadingsView>> Remember(
        HeadingsRequest request, Caller caller, RegistryDb db, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Officer, Roles.Operator) is { } missing) return missing;
        var fields = new Fields().Count("headings", request.Headings?.Count, 0, HeadingsMax);
        foreach (var (heading, column) in request.Headings ?? new Dictionary<string, string>(StringComparer.Ordinal))
            fields.Text("headings", heading, HeadingsMax).OneOf("headings", column, EntryColumns.All);
        if (fields.Refusal is { } malformed) return malformed;
        await db.Database.ExecuteSqlAsync($"DELETE FROM import_heading WHERE organisation_id = {caller.Organisation}", cancel);
        foreach (var (heading, column) in request.Headings!.DistinctBy(pair => pair.Key.Trim().ToLowerInvariant(),
            StringComparer.Ordinal))
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO import_heading VALUES ({caller.Organisation}, {heading.Trim().ToLowerInvariant()}, {column})",
                cancel);
        return new HeadingsView(await Headings(db, cancel), EntryColumns.All);
    }

    private static async Task<Dictionary<string, string>> Headings(RegistryDb db, CancellationToken cancel) =>
        await db.Database.SqlQuery<Heading>($"SELECT heading AS \"Name\", column_name AS \"Column\" FROM import_heading")
            .ToDictionaryAsync(one => one.Name, one => one.Column, StringComparer.Ordinal, cancel);

    private sealed record Row(int Number, string Words);

    private sealed record Heading(string Name, string Column);
}
