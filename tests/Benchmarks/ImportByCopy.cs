extern alias registry;

using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Iop.TestKit;
using Npgsql;

namespace Iop.Benchmarks;

/// <summary>A municipality brings in its whole list: read, looked at row by row, confirmed and written. Beside it the very rows
/// that came of it, put by COPY into tables with the same columns and indexes. Times are for one row of the list; twenty thousand
/// rows, or a hundred thousand (<c>--long</c>).</summary>
internal static class ImportByCopy
{
    private const string Service = "registry";
    private static readonly string[] Tables = ["entry", "entry_agreement", "entry_party"];

    public static int Rows =>
        Environment.GetCommandLineArgs().Contains("--long", StringComparer.Ordinal) ? 100_000 : 20_000;

    public static async IAsyncEnumerable<Comparison> Of(Servers servers)
    {
        await using var register = await ServiceInOperation<registry::Program>.StartAsync(servers, Service, FillAsync);
        using var officer = register.SignedIn();
        var sql = register.Sql;
        var list = List();
        var written = new Dictionary<string, (string Columns, byte[] Rows)>(StringComparer.Ordinal);

        yield return new(string.Create(CultureInfo.InvariantCulture, $"a row of an imported list of {Rows:N0}: import / COPY"),
            async _ =>
            {
                var import = await BringIn(officer, list);
                foreach (var table in written.Count > 0 ? [] : Tables) written[table] = await TakeOut(sql, table, import);
            },
            async _ =>
            {
                await sql.RunAsync("TRUNCATE " + string.Join(", ", Tables.Select(table => $"copied_{table}")));
                foreach (var table in Tables) await PutIn(sql, table, written[table]);
            }) { WarmUpRounds = 1, Rounds = 3, TimesInRound = (Rows, Rows) };
    }

    private static async Task FillAsync(NpgsqlDataSource sql)
    {
        await sql.RunAsync($"""
            INSERT INTO organisation (organisation_id, number, name, kind, body, municipality_code, county_code, registered_on, version)
            VALUES ('{StandInIdentity.Organisation}', '2120002239', 'Falu kommun', 'Public', 'municipality', '2080', '20', now(), 1)
            """);
        foreach (var table in Tables) await sql.RunAsync($"CREATE TABLE copied_{table} (LIKE {table} INCLUDING ALL)");
    }

    private static byte[] List()
    {
        var list = new StringBuilder("title;purpose;area;start_year;open_ended;public_parties;idea_driven_parties;public_sek_per_year\n");
        for (var row = 1; row <= Rows; row++)
            list.Append(CultureInfo.InvariantCulture,
                $"Partnerskap {row};Stöd åt den som behöver det, var dag.;health;{2010 + row % 15};ja;Falu kommun;Förening {row % 5_000};{row}\n");
        return Encoding.UTF8.GetBytes(list.ToString());
    }

    private static async Task<Guid> BringIn(HttpClient officer, byte[] list)
    {
        using var reading = new HttpRequestMessage(HttpMethod.Post, "/registry/v1/imports")
        {
            Content = new ByteArrayContent(list) { Headers = { ContentType = new("text/csv") } },
            Headers = { { "Idempotency-Key", $"{Guid.NewGuid()}" } },
        };
        using var read = await officer.SendAsync(reading);
        read.EnsureSuccessStatusCode();
        var import = (await read.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        using var confirming = new HttpRequestMessage(HttpMethod.Post, $"/registry/v1/imports/{import}/confirmation")
        {
            Headers = { { "If-Match", read.Headers.ETag!.Tag } },
        };
        using var confirmed = await officer.SendAsync(confirming);
        if (!confirmed.IsSuccessStatusCode)
            throw new InvalidOperationException(await confirmed.Content.ReadAsStringAsync());
        for (var state = confirmed; ; )
        {
            var said = (await state.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString();
            if (said is "written") return import;
            if (said is not "writing") throw new InvalidOperationException($"The import is {said}.");
            await Task.Delay(50);
            state = await officer.GetAsync(new Uri($"/registry/v1/imports/{import}", UriKind.Relative));
        }
    }

    /// <summary>What the import wrote, as COPY takes it again. What the database makes of other columns it makes again.</summary>
    private static async Task<(string Columns, byte[] Rows)> TakeOut(NpgsqlDataSource sql, string table, Guid import)
    {
        await using var connection = await sql.OpenConnectionAsync();
        await using var ask = new NpgsqlCommand("""
            SELECT string_agg(column_name, ', ' ORDER BY ordinal_position) FROM information_schema.columns
            WHERE table_name = $1 AND is_generated = 'NEVER' AND column_name <> 'written_in'
            """, connection) { Parameters = { new() { Value = table } } };
        var columns = (string)(await ask.ExecuteScalarAsync())!;
        var key = table == "entry_party" ? "agreement_id" : "entry_id";
        await using var copy = await connection.BeginRawBinaryCopyAsync(
            $"COPY (SELECT {columns} FROM {table} WHERE {key} IN (SELECT entry_id FROM entry WHERE import_id = '{import}')) TO STDOUT (FORMAT BINARY)");
        using var rows = new MemoryStream();
        await copy.CopyToAsync(rows);
        return (columns, rows.ToArray());
    }

    private static async Task PutIn(NpgsqlDataSource sql, string table, (string Columns, byte[] Rows) what)
    {
        await using var connection = await sql.OpenConnectionAsync();
        await using var copy = await connection.BeginRawBinaryCopyAsync(
            $"COPY copied_{table} ({what.Columns}) FROM STDIN (FORMAT BINARY)");
        await copy.WriteAsync(what.Rows);
    }
}
