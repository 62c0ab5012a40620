using Iop.Platform.Api;
using Iop.Registry.Domain;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Importing;

/// <summary>An import with its report: how many rows, what is wrong in which, and the first as they will stand.</summary>
public sealed record ImportView(
    Guid Id, string FileName, ImportState State, int Rows, int New, int Known, int Faulty, IReadOnlyList<string> Unmapped,
    DateTimeOffset ReadAt, DateTimeOffset? WrittenAt, IReadOnlyList<ImportRowView> Faults, IReadOnlyList<ImportRowView> First,
    int Done)
{
    private const int FaultsMax = 100;
    private const int FirstMax = 5;

    internal static async Task<ImportView> Of(
        RegisterImport import, RegistryDb db, Reader reader, CancellationToken cancel)
    {
        var id = import.ImportId.Value;
        var faults = await db.Database.SqlQuery<Row>($"""
            SELECT number AS "Number", title AS "Title", faults AS "Faults" FROM import_row
            WHERE import_id = {id} AND faults <> ARRAY[]::text[] ORDER BY number LIMIT {FaultsMax}
            """).ToListAsync(cancel);
        var first = await db.Database.SqlQuery<Row>($"""
            SELECT number AS "Number", title AS "Title", faults AS "Faults" FROM import_row
            WHERE import_id = {id} ORDER BY number LIMIT {FirstMax}
            """).ToListAsync(cancel);
        return new ImportView(
            id, import.FileName, import.State, import.Rows, Math.Max(0, import.Rows - import.Known - import.Faulty), import.Known,
            import.Faulty, import.Unmapped, import.ReadAt, import.WrittenAt, [.. faults.Select(reader.ViewOf)],
            [.. first.Select(reader.ViewOf)], await DoneOf(import, db, cancel));
    }

    /// <summary>How many of its new rows have been written so far.</summary>
    private static async Task<int> DoneOf(RegisterImport import, RegistryDb db, CancellationToken cancel) => import.State switch
    {
        ImportState.Writing => await db.Database.SqlQuery<int>(
            $"SELECT done AS \"Value\" FROM import_progress WHERE import_id = {import.ImportId.Value}")
            .SingleOrDefaultAsync(cancel),
        ImportState.Written => import.Rows,
        _ => 0,
    };

    internal sealed record Row(int Number, string Title, string[] Faults);
}

/// <summary>A row of the list; a fault says the column and the code of what is wrong, and the same in words.</summary>
public sealed record ImportRowView(int Number, string Title, IReadOnlyList<string> Faults, IReadOnlyList<string> InWords);

/// <summary>Puts faults in the reader's words.</summary>
internal sealed class Reader(Texts texts, IHttpContextAccessor request)
{
    public ImportRowView ViewOf(ImportView.Row row) => new(row.Number, row.Title, row.Faults, [.. row.Faults.Select(InWords)]);

    private string InWords(string fault)
    {
        var language = request.HttpContext is { } http ? Texts.LanguageOf(http.Request) : "sv";
        var (field, code) = fault.Split(": ", 2) is [var left, var right] ? (left, right) : ("", fault);
        var said = (texts.Find(language, code) ?? code).Replace("{limit}", "", StringComparison.Ordinal).Trim();
        return $"{field}: {said}";
    }
}
