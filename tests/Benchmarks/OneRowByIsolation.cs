using Iop.TestKit;
using Npgsql;

namespace Iop.Benchmarks;

/// <summary>Reading one row through row-level security (caller set in the transaction) beside reading it bare.</summary>
internal static class OneRowByIsolation
{
    private const string Tables = """
        DROP TABLE IF EXISTS thing, access;
        CREATE TABLE thing (id int PRIMARY KEY, partnership_id int NOT NULL, text text NOT NULL);
        CREATE TABLE access (partnership_id int, organisation_id int, PRIMARY KEY (organisation_id, partnership_id));
        INSERT INTO thing SELECT i, i % 1000, 'text ' || i FROM generate_series(1, 20000) i;
        INSERT INTO access SELECT i, i % 100 FROM generate_series(0, 999) i;
        ANALYZE thing; ANALYZE access;
        ALTER TABLE thing ENABLE ROW LEVEL SECURITY;
        CREATE POLICY members ON thing USING (partnership_id IN (SELECT partnership_id FROM access
          WHERE organisation_id = nullif(current_setting('iop.org', true), '')::int));
        DROP ROLE IF EXISTS bench_app;
        CREATE ROLE bench_app LOGIN PASSWORD 'bench';
        GRANT SELECT ON thing, access TO bench_app;
        """;

    private const int Things = 20_000;

    public static async IAsyncEnumerable<Comparison> Of(Servers servers)
    {
        await using var bare = NpgsqlDataSource.Create(servers.Postgres);
        await using (var prepare = bare.CreateCommand(Tables)) await prepare.ExecuteNonQueryAsync();
        await using var held = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(servers.Postgres)
        {
            Username = "bench_app", Password = "bench",
        }.ConnectionString);
        yield return new("one row: by row-level security / bare",
            round => ReadHeldAsync(held, round), round => ReadBareAsync(bare, round));
    }

    private static async Task ReadHeldAsync(NpgsqlDataSource database, int round)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var caller = new NpgsqlCommand("SELECT set_config('iop.org', $1, true)", connection, transaction);
        caller.Parameters.Add(new() { Value = $"{ThingOf(round) % 1000 % 100}" });
        await caller.ExecuteNonQueryAsync();
        await using var read = new NpgsqlCommand("SELECT text FROM thing WHERE id = $1", connection, transaction);
        read.Parameters.Add(new() { Value = ThingOf(round) });
        MustBeFound(await read.ExecuteScalarAsync());
        await transaction.CommitAsync();
    }

    private static async Task ReadBareAsync(NpgsqlDataSource database, int round)
    {
        await using var read = database.CreateCommand("SELECT text FROM thing WHERE id = $1");
        read.Parameters.Add(new() { Value = ThingOf(round) });
        MustBeFound(await read.ExecuteScalarAsync());
    }

    private static int ThingOf(int round) => round % Things + 1;

    private static void MustBeFound(object? text)
    {
        if (text is not string) throw new InvalidOperationException("The row was not found: the comparison would be worthless.");
    }
}
