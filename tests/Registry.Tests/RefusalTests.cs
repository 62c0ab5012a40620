using System.Net;
using Iop.TestKit;
using Npgsql;

namespace Iop.Registry.Tests;

/// <summary>Every way the register says no, met once; those that have a story of their own are met there.</summary>
public sealed class RefusalTests(RegistryWorld world) : IClassFixture<RegistryWorld>
{
    private const string Entries = "/registry/v1/entries";
    private const string Organisations = "/registry/v1/organisations";

    [Theory]
    [InlineData("body", "island", "organisation.unknown-body")]
    [InlineData("federationId", "0199a000-0000-7000-8000-00000000dead", "organisation.unknown-federation")]
    [InlineData("municipalityCode", "9999", "place.unknown")]
    public async Task An_organisation_is_refused_what_is_not_known(string field, string said, string code)
    {
        var body = new Dictionary<string, object>
        {
            ["number"] = world.NewNumber(), ["name"] = "Okänt", ["kind"] = "public", [field] = said,
        };
        Assert.Contains(code,
            (await world.Operator.Create(Organisations, body)).Refuses(HttpStatusCode.BadRequest, "request.invalid").Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_federation_is_never_itself_a_branch()
    {
        var federation = await world.Registered("Riks");
        var branch = (await world.Operator.Create(Organisations,
            new { number = world.NewNumber(), name = "Gren", kind = "idea-driven", federationId = federation.Id }))
            .Is(HttpStatusCode.Created);
        var no = await world.Operator.Create(Organisations,
            new { number = world.NewNumber(), name = "Kvist", kind = "idea-driven", federationId = branch.Id });
        Assert.Contains("organisation.unknown-federation", no.Refuses(HttpStatusCode.BadRequest, "request.invalid").Text,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("endsOn", "2010-01-01", "period.backwards")]
    [InlineData("endYear", 2010, "period.backwards")]
    [InlineData("endYear", 2030, "entry.open-ended-with-end")]
    [InlineData("municipalityCode", "9999", "place.unknown")]
    [InlineData("countyCode", "3", "place.unknown")]
    [InlineData("area", "sport", "field.not-one-of")]
    [InlineData("renewals", 100, "field.out-of-range")]
    public async Task An_entry_is_refused_what_cannot_be(string field, object said, string code)
    {
        var body = new Dictionary<string, object>
        {
            ["title"] = "Fel", ["startsOn"] = "2020-01-01", ["openEnded"] = true,
            ["parties"] = new[] { new { name = "Någon", kind = "idea-driven" } }, [field] = said,
        };
        Assert.Contains(code,
            (await world.Operator.Create(Entries, body)).Refuses(HttpStatusCode.BadRequest, "request.invalid").Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_outside_its_county_a_sum_that_is_none_and_an_address_that_is_none_are_refused()
    {
        object Body(string county, string amount, string address) => new
        {
            title = "Fel", municipalityCode = "2062", countyCode = county, startYear = 2020,
            parties = new[] { new { name = "Någon", kind = "idea-driven", body = "municipality" } },
            resources = new[] { new { side = "public", kind = "money", amountPerYear = amount } },
            additions = new { documents = new[] { new { kind = "document", title = "X", address } } },
        };
        var no = (await world.Operator.Create(Entries, Body("03", "-1", "javascript:alert(1)")))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid").Text;
        foreach (var code in new[] { "place.not-in-county", "entry.not-an-amount", "entry.not-an-address",
            "organisation.unknown-body" })
            Assert.Contains(code, no, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1989-12-31")]
    [InlineData("2028-01-01")]
    public async Task Statistics_of_a_day_outside_the_register_are_refused(string day)
    {
        (await world.Anonymous.Get($"/registry/v1/statistics?on={day}"))
            .Refuses(HttpStatusCode.BadRequest, "statistics.day-outside");
        (await world.Anonymous.Get($"/registry/v1/statistics/csv?on={day}"))
            .Refuses(HttpStatusCode.BadRequest, "statistics.day-outside");
    }

    [Fact]
    public async Task Too_many_lines_of_inhabitants_are_refused()
    {
        var no = await world.Operator.Put("/registry/v1/inhabitants", null,
            new { year = 2024, csv = string.Concat(Enumerable.Repeat("0380;1\n", 2_001)) });
        Assert.Contains("inhabitants.too-many-lines", no.Refuses(HttpStatusCode.BadRequest, "request.invalid").Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_organisation_has_so_many_units_and_no_more()
    {
        var made = await world.Registered("Många enheter");
        await using var server = NpgsqlDataSource.Create(world.Database.ConnectionString);
        await using var fill = server.CreateCommand(
            "INSERT INTO organisation_unit SELECT gen_random_uuid(), $1, 'Enhet ' || number FROM generate_series(1, 200) number");
        fill.Parameters.Add(new() { Value = made.Id });
        await fill.ExecuteNonQueryAsync();
        (await world.Operator.Create($"{made.Location}/units", new { name = "En för mycket" }))
            .Refuses(HttpStatusCode.Conflict, "organisation.too-many-units");
    }
}
