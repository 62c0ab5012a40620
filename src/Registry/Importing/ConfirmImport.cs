using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Registry.Domain;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Importing;

/// <summary>The report has been seen: the whole list is written in the register, or nothing of it (inför en lista).</summary>
internal static class ConfirmImport
{
    public sealed record HeadingsRequest(IReadOnlyDictionary<string, string> Headings);

    public sealed record HeadingsView(IReadOnlyDictionary<string, string> Headings, IReadOnlyList<string> Columns);

    /// <summary>How many rows are written while one waits.</summary>
    public const string AtOnceSetting = "Import:AtOnceMax";

    private const int AtOnceMax = 2_000;
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
        IConfiguration settings, CancellationToken cancel)
    {
        var key = new ImportId(id);
        if (await db.Imports.FromSql($"SELECT * FROM import WHERE import_id = {id} FOR UPDATE")
            .FirstOrDefaultAsync(one => one.ImportId == key, cancel) is not { } import) return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer, Roles.Operator) is { } missing) return missing;
        if (ifMatch.Misses(import.Version) is { } stale) return stale;
        if (import.Confirm(caller.Has(Roles.Operator)) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        // A short list is written while one waits; a long one by itself, and its page says how far it has come.
        if (import.Rows <= settings.GetValue(AtOnceSetting, AtOnceMax)) await db.Write(import, clock, null, cancel);
        else await db.Schedule(WriteImportWhenConfirmed.Kind, import.ImportId.Value, clock.GetUtcNow(), cancel);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await ImportView.Of(import, db, reader, cancel), import.Version);
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

    private sealed record Heading(string Name, string Column);
}
