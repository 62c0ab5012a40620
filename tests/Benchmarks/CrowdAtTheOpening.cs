using System.Net;
using Iop.Agreements.Tests;
using Iop.TestKit;
using Npgsql;

namespace Iop.Benchmarks;

/// <summary>Two hundred save sections of one agreement at once while somebody opens it for signature; then its forty-one
/// signatories sign at once. Beside it as many at once who each update, or insert, one row bare.</summary>
internal static class CrowdAtTheOpening
{
    private const string Table = """
        CREATE TABLE bench_line (id int PRIMARY KEY, text text NOT NULL);
        INSERT INTO bench_line SELECT i, '' FROM generate_series(0, 9) i;
        """;

    public static async IAsyncEnumerable<Comparison> Of(Servers servers)
    {
        await using var world = new AgreementsWorld(servers);
        await world.InitializeAsync();
        await using var bare = NpgsqlDataSource.Create(world.Database.ConnectionString);
        await using (var prepare = bare.CreateCommand(Table)) await prepare.ExecuteNonQueryAsync();
        var rehearsal = await Crowd.Gather(world);
        var crowd = await Crowd.Gather(world);

        Task<string>? opening = null;
        yield return new("200 write at once while it is opened / update a row bare",
            round => round < Crowd.Editors ? rehearsal.Edit(round) : Begin(crowd, round - Crowd.Editors),
            round => ExecuteAsync(bare, "UPDATE bench_line SET text = 'Skrivet av ' || $1 WHERE id = $1 % 10", round))
        {
            WarmUpRounds = Crowd.Editors, Rounds = Crowd.Editors, AtOnce = true,
        };

        var (rehearsed, opened) = (await rehearsal.OpenAsSoonAsItGoes(), await opening!);
        var people = crowd.Signatories.Count;
        yield return new("41 sign at once / insert a row bare",
            round => round < people ? Sign(rehearsal, rehearsed, round) : Sign(crowd, opened, round - people),
            round => ExecuteAsync(bare, "INSERT INTO bench_line VALUES ($1 + 1000, 'Undertecknat')", round))
        {
            WarmUpRounds = people, Rounds = people, AtOnce = true,
        };

        Task Begin(Crowd those, int editor)
        {
            var edit = those.Edit(editor);
            opening ??= those.OpenAsSoonAsItGoes();
            return edit;
        }
    }

    private static async Task Sign(Crowd crowd, string version, int person) =>
        (await crowd.Sign(crowd.Signatories[person], version)).Is(HttpStatusCode.OK);

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql, int round)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = round });
        if (await command.ExecuteNonQueryAsync() != 1) throw new InvalidOperationException("No row was written.");
    }
}
