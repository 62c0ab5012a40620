using System.Net;
using Iop.Contracts.Registry;
using Iop.TestKit;

namespace Iop.Registry.Tests;

public sealed class FiguresTests(RegistryWorld world) : IClassFixture<RegistryWorld>
{
    [Fact]
    public async Task Figures_count_a_legal_person_once_and_a_partnership_once()
    {
        var municipality = Guid.NewGuid();
        var first = RegistryWorld.InForce("Det första", with: words =>
            (words.Municipality, words.Unit) = (municipality, Guid.NewGuid()));
        await world.Tell(first);
        await world.Tell(RegistryWorld.InForce("Det andra", with: words =>
            (words.Municipality, words.Unit) = (municipality, Guid.NewGuid())));
        await world.Tell(RegistryWorld.InForce("Förlängt", first.PartnershipId, words => words.Municipality = municipality));

        var figures = (await world.Anonymous.Get("/registry/v1/figures")).Is(HttpStatusCode.OK).Body;
        int Number(string field) => figures.GetProperty(field).GetInt32();
        Assert.Equal((2, 2, 1, 2), (Number("active"), Number("all"), Number("public"), Number("base")));
        Assert.Equal(3, Number("ideaDriven")); // each agreement named an association of its own
        Assert.Equal("2026-03-02", figures.GetProperty("asOf").GetString());
    }

    [Fact]
    public async Task There_are_21_counties_and_290_municipalities_in_Swedish_order()
    {
        var counties = (await world.Anonymous.Get("/registry/v1/counties")).Body.GetProperty("items").EnumerateArray().ToList();
        var municipalities = (await world.Anonymous.Get("/registry/v1/municipalities")).Body.GetProperty("items").EnumerateArray()
            .ToList();
        Assert.Equal((21, 290), (counties.Count, municipalities.Count));
        Assert.Equal("Övertorneå kommun", municipalities[^1].GetProperty("name").GetString());
        var codes = counties.Select(county => county.GetProperty("code").GetString()).ToHashSet();
        Assert.All(municipalities, municipality => Assert.Contains(municipality.GetProperty("countyCode").GetString(), codes));
    }

    [Fact]
    public async Task The_eight_areas_are_defined_in_both_languages()
    {
        var swedish = (await world.Anonymous.Get("/registry/v1/areas")).Body.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(8, swedish.Count);
        var english = world.As(Callers.Of(Guid.NewGuid()), "en");
        var crime = (await english.Get("/registry/v1/areas")).Body.GetProperty("items").EnumerateArray()
            .Single(area => area.GetProperty("code").GetString() == "crime");
        Assert.Equal("Victims of crime and crime prevention", crime.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_new_listener_hears_all_organisations_again()
    {
        var made = await world.Registered("Hörs igen");
        Assert.Equal(0, await AnnounceAgain.Run(world.Services));
        Assert.Equal(2,
            (await world.Announced<OrganisationChanged>()).Count(one => one.OrganisationId == made.Id && one.Sequence == 1));
    }

}
