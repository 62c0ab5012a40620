extern alias registry;

using System.Globalization;
using Iop.TestKit;
using Npgsql;

namespace Iop.Benchmarks;

/// <summary>Somebody searches the register with all its counts, through the gateway; beside it the same questions put straight to
/// the database. At a hundred thousand entries, or a million (<c>--long</c>).</summary>
internal static class SearchByGateway
{
    private const string Service = "registry";
    private const string Active = """
        sorts_on <= current_date AND (starts_on IS NOT NULL OR start_year IS NOT NULL) AND (ended_on IS NULL OR ended_on >= current_date)
        AND (open_ended OR auto_renews OR provenance = 'signed-here'
          OR ((ends_on IS NULL OR ends_on >= current_date) AND (end_year IS NULL OR end_year >= extract(year FROM current_date))))
        """;

    public static int Entries =>
        Environment.GetCommandLineArgs().Contains("--long", StringComparer.Ordinal) ? 1_000_000 : 100_000;

    public static async IAsyncEnumerable<Comparison> Of(Servers servers)
    {
        await using var register = await ServiceInOperation<registry::Program>.StartAsync(servers, Service, FillAsync);
        using var http = register.AtTheGateway();
        var sql = register.Sql;
        var of = string.Create(CultureInfo.InvariantCulture, $"of {Entries:N0}");

        yield return new($"search: what runs, with all counts, {of}: gateway / SQL",
            _ => http.MustGetAsync("/registry/v1/entries?running=true&facets=true"),
            _ => sql.RunAsync(Searching(Active, isByWords: false))) { WarmUpRounds = 5, Rounds = 40 };
        yield return new($"search: words, with all counts, {of}: gateway / SQL",
            round => http.MustGetAsync($"/registry/v1/entries?q=kvinnojour+{round % 500}&facets=true"),
            round => sql.RunAsync(Searching(string.Create(CultureInfo.InvariantCulture,
                $"search @@ search_words(ARRAY['kvinnojour', '{round % 500}'])"), isByWords: true))) { WarmUpRounds = 20, Rounds = 200 };
        await http.MustGetAsync("/registry/v1/statistics?on=2024-12-31"); // counted once for every state of the register
        yield return new($"figures of a year's end, {of}: gateway / one kept row", _ =>
            http.MustGetAsync("/registry/v1/statistics?on=2024-12-31"),
            _ => sql.RunAsync("SELECT body FROM counted_figures WHERE as_of = '2024-12-31'")) { WarmUpRounds = 20, Rounds = 200 };
    }

    /// <summary>What the service asks, as it asks it, and the lines of the page.</summary>
    private static string Searching(string found, bool isByWords) => $"""
        WITH hits AS {(isByWords ? "" : "NOT ")}MATERIALIZED (
          SELECT entry_id, sorts_on, area, target_age, status, provenance, places, missing FROM entry
          WHERE {found} AND merged_into_entry_id IS NULL),
        found AS MATERIALIZED (
          SELECT area, target_age, lower(status) AS status, provenance, places, missing, count(*)::int AS n FROM hits
          GROUP BY area, target_age, hits.status, provenance, places, missing)
        SELECT '', '', coalesce(sum(n), 0)::int FROM found
        UNION ALL SELECT '#', entry_id::text, row_number() OVER (ORDER BY sorts_on DESC, entry_id DESC)::int FROM (
          SELECT entry_id, sorts_on FROM hits ORDER BY sorts_on DESC, entry_id DESC LIMIT 21) AS page
        UNION ALL SELECT 'area', coalesce(area, 'missing'), sum(n)::int FROM found GROUP BY 2
        UNION ALL SELECT 'age', coalesce(target_age, 'missing'), sum(n)::int FROM found GROUP BY 2
        UNION ALL SELECT 'status', status, sum(n)::int FROM found GROUP BY 2
        UNION ALL SELECT 'provenance', provenance, sum(n)::int FROM found GROUP BY 2
        UNION ALL SELECT 'county', place, sum(n)::int FROM found, unnest(places) AS place WHERE length(place) = 2 GROUP BY 2
        UNION ALL SELECT 'municipality', place, sum(n)::int FROM found, unnest(places) AS place WHERE length(place) = 4 GROUP BY 2
        UNION ALL SELECT 'county', 'missing', sum(n)::int FROM found WHERE places = ARRAY[]::text[] HAVING count(*) > 0
        UNION ALL SELECT 'municipality', 'missing', sum(n)::int FROM found WHERE places = ARRAY[]::text[] HAVING count(*) > 0
        UNION ALL SELECT 'missing', lacks, sum(n)::int FROM found, unnest(missing) AS lacks GROUP BY 2;
        SELECT e.*, p.* FROM (SELECT * FROM entry WHERE entry_id IN (
          SELECT entry_id FROM entry WHERE merged_into_entry_id IS NULL ORDER BY sorts_on DESC, entry_id DESC LIMIT 20)) e
        JOIN entry_agreement a USING (entry_id) JOIN entry_party p USING (agreement_id)
        """;

    private static Task FillAsync(NpgsqlDataSource sql) => sql.RunAsync(string.Create(CultureInfo.InvariantCulture, $"""
            CREATE TEMP TABLE made AS SELECT gen_random_uuid() AS id, n, 2010 + n % 15 AS year, lpad((1 + n % 25)::text, 2, '0') AS county
              FROM generate_series(1, {Entries}) n;
            INSERT INTO entry (entry_id, chain_id, title, purpose, area, target_age, county_code, place_name, start_year, open_ended,
                end_year, status, provenance, party_names, published_at, version, last_confirmed_on, synthetic)
              SELECT id, id, 'Kvinnojour ' || n % 500 || ' i ort ' || n, repeat('Skydd och stöd åt den som behöver. ', 5),
                (ARRAY['safety','leisure-education','health','crime','labour-integration','disability','basic-needs',NULL])[1 + n % 8],
                (ARRAY['0-25','26-65','over-65','all'])[1 + n % 4], county, 'Ort ' || n, year, n % 3 = 0,
                CASE WHEN n % 3 = 0 THEN NULL ELSE year + 3 END, CASE WHEN n % 3 = 0 THEN 'Active' ELSE 'Ended' END, 'imported',
                'Kommun ' || n % 290 || ', Förening ' || n % 5000, now(), 1, current_date, true FROM made;
            INSERT INTO entry_agreement (agreement_id, entry_id, title, purpose, challenge, target_group, auto_renews)
              SELECT id, id, 'Avtal', '', '', '', false FROM made;
            INSERT INTO entry_party (agreement_id, party_id, organisation_id, name, kind)
              SELECT id, gen_random_uuid(), md5('k' || n % 290)::uuid, 'Kommun ' || n % 290, 'Public' FROM made
              UNION ALL SELECT id, gen_random_uuid(), md5('f' || n % 5000)::uuid, 'Förening ' || n % 5000, 'IdeaDriven' FROM made;
            ANALYZE;
            """));
}
