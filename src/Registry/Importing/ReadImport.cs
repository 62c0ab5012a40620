using System.Text;
using System.Text.Json;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Registry.Domain;
using Iop.Registry.Keeping;
using Iop.Registry.Organisations;
using Iop.Registry.Storage;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Iop.Registry.Importing;

/// <summary>Somebody brings in a list (läs in en lista): every row is read and looked at, and nothing is written in the register
/// until the report has been seen and confirmed.</summary>
internal static class ReadImport
{
    /// <summary>How many rows a list may have; the operator may set it lower.</summary>
    public const string RowsMaxSetting = "Import:RowsMax";

    private const int RowsMax = 1_000_000;
    private const int NameMax = 200;

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/imports", Handle).WithName(nameof(ReadImport)).Creates()
        .WithMetadata(new Limit()).Accepts<Stream>("text/csv", "*/*");

    internal static async Task<Answer<ImportView>> Handle(
        string? encoding, string? name, HttpRequest request, Caller caller, RegistryDb db, TimeProvider clock,
        Reader reader, IConfiguration settings, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Officer, Roles.Operator) is { } missing) return missing;
        var fields = new Fields().OptionalText("name", name, NameMax);
        if (encoding is not null) fields.OneOf("encoding", encoding, "utf-8", "latin-1");
        if (fields.Refusal is { } malformed) return malformed;
        var id = new ImportId(Guid.CreateVersion7(clock.GetUtcNow()));
        var remembered = await db.Database.SqlQuery<Heading>(
            $"SELECT heading AS \"Name\", column_name AS \"Column\" FROM import_heading")
            .ToDictionaryAsync(heading => heading.Name, heading => heading.Column, StringComparer.Ordinal, cancel);
        var sees = (await Sees.Of(caller, db, cancel)) with { RowsMax = settings.GetValue(RowsMaxSetting, RowsMax) };
        try
        {
            using var lines = CsvLines.Reader(request.Body, encoding == "latin-1");
            var (count, unmapped, refusal) = await Stage(id, lines, remembered, sees, db, cancel);
            if (refusal is not null) return refusal;
            var import = RegisterImport.Of(id, new OrganisationId(caller.Organisation), name ?? "", count, unmapped,
                clock.GetUtcNow());
            db.Add(import);
            await db.SaveChangesAsync(cancel);
            return Answers.Created($"/registry/v1/imports/{id.Value}", await ImportView.Of(import, db, reader, cancel),
                import.Version);
        }
        catch (DecoderFallbackException)
        {
            return ImportRefusals.NotUtf8;
        }
        catch (CsvLines.TooLargeException large)
        {
            return ImportRefusals.TooLargeAField(large.Row);
        }
        catch (CsvLines.UnclosedException open)
        {
            return ImportRefusals.UnclosedQuote(open.Row);
        }
    }

    private static async Task<(ImportCount Count, IReadOnlyList<string> Unmapped, Refusal? Refusal)> Stage(
        ImportId id, TextReader reader, Dictionary<string, string> remembered, Sees sees, RegistryDb db, CancellationToken cancel)
    {
        var (rows, columns, unmapped) = (0, (string?[]?)null, (IReadOnlyList<string>)[]);
        await using (var writer = await ((NpgsqlConnection)db.Database.GetDbConnection()).BeginBinaryImportAsync(
            "COPY import_row (import_id, number, entry_id, title, words, faults) FROM STDIN (FORMAT BINARY)", cancel))
        {
            await foreach (var cells in new CsvLines(reader).Read(cancel))
            {
                if (columns is null)
                {
                    columns = [.. cells.Select(heading => EntryColumns.Of(heading, remembered))];
                    unmapped = [.. cells.Where((_, at) => columns[at] is null).Where(heading => heading.Trim().Length > 0)];
                    if (!columns.Contains("title", StringComparer.Ordinal))
                        return (new(0, 0, 0), unmapped, ImportRefusals.NoTitleColumn);
                    continue;
                }
                if (++rows > sees.RowsMax) return (new(rows, 0, 0), unmapped, ImportRefusals.TooManyRows(sees.RowsMax));
                var (words, faults, entry) = Look(cells, columns, sees);
                await writer.StartRowAsync(cancel);
                await writer.WriteAsync(id.Value, NpgsqlDbType.Uuid, cancel);
                await writer.WriteAsync(rows, NpgsqlDbType.Integer, cancel);
                if (entry is { } known) await writer.WriteAsync(known, NpgsqlDbType.Uuid, cancel);
                else await writer.WriteNullAsync(cancel);
                await writer.WriteAsync(words.Words.Title, NpgsqlDbType.Text, cancel);
                await writer.WriteAsync(JsonSerializer.Serialize(words), NpgsqlDbType.Jsonb, cancel);
                await writer.WriteAsync(faults.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancel);
            }
            await writer.CompleteAsync(cancel);
        }
        if (columns is null) return (new(0, 0, 0), unmapped, ImportRefusals.NoTitleColumn);
        var there = await KnownRows.Look(id, sees.IsOperator, db, cancel);
        await LinkedRows.Look(id, db, cancel);
        return (new ImportCount(rows, await LinkedRows.Faulty(id, db, cancel), there), unmapped, null);
    }

    private static (StagedRow Words, List<string> Faults, Guid? Entry) Look(List<string> cells, string?[] columns, Sees sees)
    {
        var row = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; at < Math.Min(cells.Count, columns.Length); at++)
            if (columns[at] is { } column) row[column] = cells[at].Replace("\0", "", StringComparison.Ordinal);
        var (words, faults) = EntryColumns.Read(row);
        faults.AddRange((EntryRequest.Look(words).Refusal?.Fields ?? []).Select(error => $"{error.Field}: {error.Code}"));
        var synthetic = EntryColumns.IsYes(row.GetValueOrDefault("synthetic"));
        if (synthetic && !sees.IsOperator) faults.Add("synthetic: request.role-missing");
        var entry = Guid.TryParse(row.GetValueOrDefault("id"), out var id) ? id : (Guid?)null;
        words = EntryRequest.Tidied(words);
        if (entry is null && !sees.IsParty(words)) faults.Add("public_parties: entry.not-a-party");
        var confirmed = EntryColumns.ReadDay(row.GetValueOrDefault("last_confirmed"));
        return (new StagedRow(words, synthetic, confirmed), faults, entry);
    }

    private sealed record Heading(string Name, string Column);

    private sealed class Limit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => 512L * 1024 * 1024;
    }

    /// <summary>What the caller may bring in: the operator everything, others what their organisation is party to.</summary>
    private sealed record Sees(bool IsOperator, Organisation? Own)
    {
        public int RowsMax { get; init; }

        public static async Task<Sees> Of(Caller caller, RegistryDb db, CancellationToken cancel)
        {
            var key = new OrganisationId(caller.Organisation);
            return new Sees(caller.Has(Roles.Operator),
                await db.Organisations.AsNoTracking().FirstOrDefaultAsync(one => one.OrganisationId == key, cancel));
        }

        public bool IsParty(EntryWords words) => IsOperator || (Own is { } own && words.Parties.Any(party =>
            party.Number == own.Number
            || (party.Body is "municipality" && own.Body == party.Body && own.MunicipalityCode == party.MunicipalityCode)
            || (party.Body is "region" && own.Body == party.Body && own.CountyCode == party.CountyCode)));
    }
}

/// <summary>A row as it waits to be confirmed.</summary>
internal sealed record StagedRow(EntryWords Words, bool Synthetic, DateOnly? ConfirmedOn);

/// <summary>Rows that name an entry of the register: just as it stands there it is left alone; otherwise it is a fault, for an
/// entry is changed on its page. Entries of another register keep their ids when the operator brings them in.</summary>
internal static class KnownRows
{
    private const int BatchMax = 500;

    public static async Task<int> Look(
        ImportId id, bool keepsIds, RegistryDb db, CancellationToken cancel)
    {
        if (keepsIds)
        {
            // The same id twice is the same entry twice: the second keeps its fault.
            await db.Database.ExecuteSqlAsync($"""
                UPDATE import_row SET kept_id = entry_id, entry_id = NULL WHERE import_id = {id.Value} AND number IN (
                  SELECT DISTINCT ON (entry_id) number FROM import_row WHERE import_id = {id.Value} AND entry_id IS NOT NULL
                    AND NOT EXISTS (SELECT FROM entry WHERE entry.entry_id = import_row.entry_id) ORDER BY entry_id, number)
                """, cancel);
        }
        var (known, last) = (0, 0);
        while (true)
        {
            var batch = await db.Database.SqlQuery<Row>($"""
                SELECT number AS "Number", entry_id AS "EntryId", words::text AS "Words" FROM import_row
                WHERE import_id = {id.Value} AND number > {last} AND entry_id IS NOT NULL ORDER BY number LIMIT {BatchMax}
                """).ToListAsync(cancel);
            if (batch.Count == 0) return known;
            var ids = batch.ConvertAll(row => new EntryId(row.EntryId));
            var entries = await Entries.FindEntries.WithAll(db.Entries.Where(entry => ids.Contains(entry.EntryId)))
                .ToDictionaryAsync(entry => entry.EntryId, cancel);
            var wrong = batch.FindAll(row =>
                !entries.TryGetValue(new EntryId(row.EntryId), out var entry) || !IsSame(row, entry));
            (known, last) = (known + batch.Count - wrong.Count, batch[^1].Number);
            var numbers = wrong.ConvertAll(row => row.Number).ToArray();
            await db.Database.ExecuteSqlAsync(
                $"UPDATE import_row SET faults = faults || ARRAY['id: import.differs'] WHERE import_id = {id.Value} AND number = ANY ({numbers})",
                cancel);
        }
    }

    private static bool IsSame(Row row, Entry entry)
    {
        var cells = EntryColumns.Row(entry);
        var stands = EntryRequest.Tidied(EntryColumns.Read(EntryColumns.All.Zip(cells)
            .ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal)).Words);
        var said = JsonSerializer.Deserialize<StagedRow>(row.Words)!.Words;
        return JsonSerializer.Serialize(stands) == JsonSerializer.Serialize(said);
    }

    private sealed record Row(int Number, Guid EntryId, string Words);
}
