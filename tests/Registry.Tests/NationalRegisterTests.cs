using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Iop.DemoData.National;
using Iop.Registry.Places;
using Iop.TestKit;

namespace Iop.Registry.Tests;

/// <summary>The made-up national register, brought in as a list, lands on the published figures on the base each of them
/// has.</summary>
public sealed class NationalRegisterTests(RegistryWorld world) : IClassFixture<RegistryWorld>
{
    private static readonly IReadOnlyList<(string, string)> Places =
        [.. PlaceList.Municipalities.Concat(PlaceList.Counties).Select(place => (place.Code, place.Name)).Order()];

    [Theory]
    [InlineData(1)]
    [InlineData(2025)]
    public void The_same_seed_makes_the_same_register(int seed) => Assert.Equal(
        NationalRegister.Csv(new NationalRegister(seed, Places).Rows()),
        NationalRegister.Csv(new NationalRegister(seed, Places).Rows()));

    [Fact]
    public async Task Its_statistics_land_on_the_published_figures()
    {
        await BringIn();
        var people = string.Join('\n', PublishedShares.People.Select(one => $"{one.Code};{one.Thousands * 1_000}"));
        (await world.Operator.Put("/registry/v1/inhabitants", null, new { year = 2024, csv = "kod;folkmängd\n" + people }))
            .Is(HttpStatusCode.OK);
        var figures = (await world.Anonymous.Get("/registry/v1/statistics?on=2024-12-31")).Is(HttpStatusCode.OK).Body;
        Assert.Equal(623, figures.GetProperty("synthetic").GetInt32());
        (int Count, int Of) Row(string figure, string key, string part = "")
        {
            var row = figures.GetProperty("figures").EnumerateArray().Single(one => Text(one, "code") == figure)
                .GetProperty("rows").EnumerateArray().Single(one => Text(one, "key") == key && Text(one, "part") == part);
            return (row.GetProperty("count").GetInt32(), row.GetProperty("of") is { ValueKind: JsonValueKind.Number } of
                ? of.GetInt32() : 0);
        }
        double Share(string figure, string key, string part = "") =>
            Row(figure, key, part) is var (count, of) ? 100.0 * count / of : 0;

        Assert.Equal((501, 623), Row("states", "active"));
        Assert.Equal(59, Math.Round(Share("bodies-with-one", "municipality", "active")));
        Assert.InRange(Share("bodies-with-one", "municipality", "ever"), 64, 66.67);
        Assert.InRange(Share("bodies-with-one", "region", "active"), 70, 75);
        Assert.Equal((90, 10), (Math.Round(Share("split", "municipal")), Math.Round(Share("split", "regional"))));
        foreach (var (code, count) in new[] { ("0180", 42), ("1480", 26), ("0580", 23), ("1280", 18), ("0381", 15), ("2184", 15),
            ("1490", 15), ("0380", 14), ("0123", 10), ("2182", 9) })
            Assert.Equal(count, Row("municipalities", code, "ever").Count);
        foreach (var (code, count) in new[] { ("12", 14), ("14", 13), ("21", 7), ("17", 5), ("06", 4), ("03", 4), ("01", 2) })
            Assert.Equal(count, Row("regions", code, "ever").Count);
        Assert.InRange(Share("five-largest", "five-largest"), 19, 21);
        Assert.Equal(60, Math.Round(Share("area-by-body", "regional", "health")));
        Assert.Equal(15, Math.Round(Share("area-by-body", "municipal", "health")));
        Assert.Equal(25, Math.Round(Share("areas", "crime")));
        foreach (var year in new[] { 2014, 2015, 2016 }) Assert.InRange(Row("per-year", $"{year}", "started").Count, 1, 9);
        foreach (var year in new[] { 2022, 2023, 2024 }) Assert.InRange(Row("per-year", $"{year}", "started").Count, 101, 200);
        Assert.Equal(501, Row("per-year", "2024", "active").Count);
        Assert.Equal(60, Math.Round(Share("length-by-area", "labour-integration", "under-1")
            + Share("length-by-area", "labour-integration", "1-2")));
        string[] areas = ["safety", "leisure-education", "health", "crime", "disability", "basic-needs", "other"];
        var rest = areas.Select(area =>
            (Under: Row("length-by-area", area, "under-1").Count + Row("length-by-area", area, "1-2").Count,
            All: Row("length-by-area", area, "1-2").Of)).ToList();
        Assert.Equal(36, Math.Round(100.0 * rest.Sum(one => one.Under) / rest.Sum(one => one.All)));
        Assert.Equal((100, 0),
            (Math.Round(Share("area-by-age", "over-65", "health")), Row("area-by-age", "over-65", "crime").Count));
        Assert.All(areas.Append("labour-integration").Where(area => area != "leisure-education"), area =>
            Assert.True(Share("area-by-age", "0-25", area) < Share("area-by-age", "0-25", "leisure-education"), area));
        Assert.All(areas, area =>
            Assert.True(Share("area-by-age", "26-65", area) < Share("area-by-age", "26-65", "labour-integration"), area));
        Assert.True(Share("parties", "2") > 50, "Most have two parties.");
        var federations = figures.GetProperty("figures").EnumerateArray().Single(one => Text(one, "code") == "federations")
            .GetProperty("rows").EnumerateArray().Take(10).Select(row => Text(row, "name")).Distinct()
            .ToHashSet(StringComparer.Ordinal);
        Assert.All(["Hela människan", "Röda Korset", "Rädda Barnen"], name => Assert.Contains(name, federations));
    }

    private async Task BringIn()
    {
        var csv = NationalRegister.Csv(new NationalRegister(2025, Places).Rows());
        var read = await ImportTests.Upload(world.Operator, csv);
        read.Is(HttpStatusCode.Created);
        Assert.True(read.Body.GetProperty("faulty").GetInt32() == 0, read.Text[..Math.Min(2_000, read.Text.Length)]);
        (await world.Operator.Act($"{read.Location}/confirmation", read.Tag)).Is(HttpStatusCode.OK);
    }

    private static string? Text(JsonElement thing, string field) => thing.GetProperty(field).GetString();
}
