using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Iop.TestKit;
using Npgsql;

namespace Iop.Registry.Tests;

/// <summary>Every figure agrees with an independent recount over the raw rows, for random registers: renewals, clusters, units of
/// one legal person, open-ended, terminated, presumed, several public parties, incomplete and future ones.</summary>
public sealed class RecountTests(RegistryWorld world) : IClassFixture<RegistryWorld>
{
    private static readonly int Registers = Environment.GetEnvironmentVariable("IOP_LONG") == "1" ? 3_000 : 300;
    private static readonly string[] Areas =
        ["safety", "leisure-education", "health", "crime", "labour-integration", "disability", "basic-needs", "other"];
    private static readonly string[] Ages = ["0-25", "26-65", "over-65", "all"];
    private static readonly string[] Municipalities = ["0180", "1280", "1480", "0380", "0580", "0381", "2184"];
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Fact]
    public async Task Every_figure_agrees_with_a_recount_over_the_raw_rows()
    {
        var first = int.Parse(Environment.GetEnvironmentVariable("IOP_SEED") ?? "1", CultureInfo.InvariantCulture);
        await using var server = NpgsqlDataSource.Create(world.Database.ConnectionString);
        for (var seed = first; seed < first + Registers; seed++)
        {
            var random = new Random(seed);
            await Fill(server, random);
            var day = random.Next(4) switch
            {
                0 => Today, 1 => new DateOnly(random.Next(2010, 2026), 12, 31),
                _ => new DateOnly(2009, 6, 1).AddDays(random.Next(6_300)),
            };
            var expected = await Recount.On(day, world.Database.ConnectionString);
            var said = Said((await world.Anonymous.Get($"/registry/v1/statistics?on={day:yyyy-MM-dd}")).Is(HttpStatusCode.OK)
                .Body);
            var differing = expected.Keys.Union(said.Keys)
                .Where(key => expected.GetValueOrDefault(key) != said.GetValueOrDefault(key))
                .Select(key => $"{key}: recounted {expected.GetValueOrDefault(key)}, said {said.GetValueOrDefault(key)}")
                .ToList();
            Assert.True(differing.Count == 0, $"Register {seed} on {day:O}:\n{string.Join('\n', differing.Take(20))}");
        }
    }

    private static Dictionary<string, string> Said(JsonElement view)
    {
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var figure in view.GetProperty("figures").EnumerateArray())
        {
            var code = figure.GetProperty("code").GetString();
            said[$"{code}: base"] = figure.GetProperty("base")
                .GetInt32() + string.Concat(figure.GetProperty("why").EnumerateArray()
                .Select(one => $", {one.GetProperty("code").GetString()} {one.GetProperty("count").GetInt32()}")
                .Order(StringComparer.Ordinal));
            foreach (var row in figure.GetProperty("rows").EnumerateArray())
            {
                var (of, value) = (row.GetProperty("of"), row.GetProperty("value"));
                said[$"{code}: {row.GetProperty("key").GetString()}/{row.GetProperty("part").GetString()}"] =
                    $"{row.GetProperty("count").GetInt32()} of {(of.ValueKind == JsonValueKind.Null ? "-" : of.GetInt32())} = "
                    + (value.ValueKind == JsonValueKind.Null
                        ? "-" : Number(value).ToString("0.00", CultureInfo.InvariantCulture));
            }
        }
        return said;
    }

    private static decimal Number(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetDecimal() : decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture);

    private static async Task Fill(NpgsqlDataSource server, Random random)
    {
        var sql = new StringBuilder("DELETE FROM entry_resource; DELETE FROM entry_party; DELETE FROM entry_agreement; "
            + "UPDATE entry SET follows_entry_id = NULL; DELETE FROM entry; DELETE FROM inhabitants;");
        if (random.Next(3) > 0)
            foreach (var (code, at) in Municipalities.Select((code, at) => (code, at)))
                sql.Append(CultureInfo.InvariantCulture,
                    $"INSERT INTO inhabitants VALUES ('{code}', {random.Next(2008, 2012)}, {1_000_000 - at * 100_000});");
        var chains = new List<Guid>();
        for (var number = random.Next(1, 35); number > 0; number--) Entry(sql, random, chains);
        await using var command = server.CreateCommand(sql.ToString());
        await command.ExecuteNonQueryAsync();
    }

    private static void Entry(StringBuilder sql, Random random, List<Guid> chains)
    {
        var id = Guid.CreateVersion7();
        var chain = chains.Count > 0 && random.Next(4) == 0 ? chains[random.Next(chains.Count)] : id;
        if (chain == id) chains.Add(id);
        var start = new DateOnly(2009, 1, 1).AddDays(random.Next(6_800)); // some in the future
        var end = random.Next(3) == 0 ? start.AddYears(random.Next(1, 4)).AddDays(-1) : start.AddDays(random.Next(30, 2_000));
        var (byYear, open, unknownEnd, here) = (random.Next(4) == 0, random.Next(4) == 0, random.Next(6) == 0,
            random.Next(5) == 0);
        (DateOnly? Item1, int? Item2) startsOn = random.Next(12) == 0
            ? (null, null) : byYear ? (null, (int?)start.Year) : ((DateOnly?)start, null);
        string Day(DateOnly? day) => day is { } known ? $"'{known:yyyy-MM-dd}'" : "NULL";
        string Word(string[] words, int unknown) => random.Next(unknown) == 0 ? "NULL" : $"'{words[random.Next(words.Length)]}'";
        var renewals = here ? "0" : random.Next(3) == 0 ? "NULL" : random.Next(3).ToString(CultureInfo.InvariantCulture);
        sql.Append(CultureInfo.InvariantCulture, $"""
            INSERT INTO entry (entry_id, chain_id, title, area, target_age, starts_on, start_year, ends_on, end_year, open_ended, auto_renews,
              ended_on, status, provenance, last_confirmed_on, party_names, published_at, version, renewals) VALUES
            ('{id}', '{chain}', 'X', {Word(Areas, 6)}, {Word(Ages, 6)}, {Day(startsOn.Item1)},
             {(startsOn.Item2 is { } year ? $"{year}" : "NULL")}, {Day(open || unknownEnd || byYear ? null : end)},
             {(byYear && !open && !unknownEnd ? $"{end.Year}" : "NULL")}, {open}, {random.Next(6) == 0},
             {Day(random.Next(5) == 0 ? start.AddDays(random.Next(20, 900)) : null)}, 'Active',
             '{(here ? "signed-here" : "imported")}', {Day(random.Next(3) == 0 ? null : new DateOnly(2015, 1, 1).AddDays(random.Next(4_000)))},
             'X', '2024-05-05', 1, {renewals});
            INSERT INTO entry_agreement (agreement_id, entry_id, title, purpose, challenge, target_group, auto_renews)
            VALUES ('{id}', '{id}', 'X', '', '', '', false);
            """);
        Parties(sql, random, id);
        for (var number = 1; number <= random.Next(3); number++)
            sql.Append(CultureInfo.InvariantCulture, $"""
                INSERT INTO entry_resource (agreement_id, number, side, kind, description, ore_per_year) VALUES ('{id}', {number},
                '{(random.Next(3) == 0 ? "IdeaDriven" : "Public")}', '{(random.Next(4) == 0 ? "staff" : "money")}', '',
                {(random.Next(4) == 0 ? "NULL" : (random.NextInt64(1, 9_000_000) * 100).ToString(CultureInfo.InvariantCulture))});
                """);
    }

    private static void Parties(StringBuilder sql, Random random, Guid entry)
    {
        for (var number = random.Next(6); number > 0; number--)
        {
            var which = random.Next(9);
            // Units of one legal person share its id.
            var place = Municipalities[random.Next(Municipalities.Length)];
            var (legal, kind, body, municipality, county, federation) = which switch
            {
                < 4 => (Legal(place), "Public", "'municipality'", $"'{place}'", $"'{place[..2]}'", "NULL"),
                4 => (Legal(place[..2]), "Public", "'region'", "NULL", $"'{place[..2]}'", "NULL"),
                5 => (Legal("state"), "Public", random.Next(2) == 0 ? "'state'" : "NULL", "NULL", "NULL", "NULL"),
                6 => (Legal("company"), "Public", "'municipal-company'", "NULL", "NULL", "NULL"),
                _ when random.Next(9) is var idea => (Legal($"idea{idea}"), "IdeaDriven", "NULL", "NULL", "NULL",
                    (idea % 3) switch { 0 => "NULL", 1 => "'Röda'", _ => "'Blå'" }),
                _ => throw new InvalidOperationException(),
            };
            sql.Append(CultureInfo.InvariantCulture, $"""
                INSERT INTO entry_party (agreement_id, party_id, organisation_id, name, kind, body, municipality_code, county_code, federation)
                VALUES ('{entry}', '{Guid.NewGuid()}', '{legal}', '{kind}', '{kind}', {body}, {municipality}, {county}, {federation});
                """);
        }
    }

    private static Guid Legal(string of) => new(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(of))[..16]);
}
