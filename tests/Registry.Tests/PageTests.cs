using System.Net;
using System.Text.Json;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.Registry.Tests;

/// <summary>The register's pages over the register: nothing that is known gets lost in a form, and every wish of the search is a
/// link that can be shared.</summary>
public sealed class PageTests(RegistryWorld world) : IClassFixture<RegistryWorld>
{
    private static readonly Caller Keeper = Callers.Of(Guid.NewGuid(), Roles.Operator);

    [Theory]
    [InlineData("http://localhost/register?lang=en", "/register")]
    [InlineData("http://localhost//evil.example/?lang=en", "/evil.example/")]
    [InlineData("http://localhost///evil.example?lang=sv&q=1", "/evil.example?q=1")]
    [InlineData("http://localhost/%5Cevil.example?lang=en", "/%5Cevil.example")]
    public async Task Choosing_a_language_never_leads_to_another_site(string address, string leadsTo)
    {
        using var pages = new PagesOverTheRegister(world);
        Assert.Equal(leadsTo, await pages.LeadsTo(address));
    }

    [Fact]
    public async Task An_entry_opened_in_the_form_and_saved_as_it_stands_keeps_everything()
    {
        var made = (await world.Operator.Create("/registry/v1/entries", Everything())).Is(HttpStatusCode.Created);
        var before = (await world.Anonymous.Get(made.Location!)).Body;
        using var pages = new PagesOverTheRegister(world, Keeper);
        using var saved = await pages.SaveAsItStands($"/register/{made.Id}/skriv");
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var after = (await world.Anonymous.Get(made.Location!)).Body;
        Assert.Equal(Known(before), Known(after));
        using var completed = await pages.SaveAsItStands($"/register/{made.Id}/komplettera");
        Assert.Equal(HttpStatusCode.Redirect, completed.StatusCode);
        Assert.Equal(Known(before), Known((await world.Anonymous.Get(made.Location!)).Body));
    }

    [Fact]
    public async Task The_search_shows_what_runs_and_says_how_to_see_the_rest()
    {
        (await world.Operator.Create("/registry/v1/entries", new
        {
            title = "Avslutat sedan länge", startsOn = "2014-01-01", endsOn = "2015-12-31", area = "health",
            parties = new[] { new { name = "Säters kommun", kind = "public" } },
        })).Is(HttpStatusCode.Created);
        using var pages = new PagesOverTheRegister(world);
        Assert.DoesNotContain("Avslutat sedan länge", await pages.Get("/register?q=Avslutat+sedan"), StringComparison.Ordinal);
        var all = await pages.Get("/register?q=Avslutat+sedan&visa=alla&area=health");
        Assert.Contains("Avslutat sedan länge", all, StringComparison.Ordinal);
        Assert.Contains("/registry/v1/entries/csv?q=Avslutat%20sedan&amp;area=health", all, StringComparison.Ordinal);
        Assert.Contains("Avslutat sedan länge", await pages.Get("/register?dag=2015-06-01&q=Avsluttat"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Places_and_organisations_have_pages_of_their_own()
    {
        var body = await world.Registered("Nora kommun", "public", "1884");
        var made = (await world.Operator.Create("/registry/v1/entries", new
        {
            title = "Bergslagsdagar", startsOn = "2024-01-01", openEnded = true, area = "leisure-education",
            municipalityCode = "1884",
            parties = new[] { new { name = "Nora kommun", kind = "public" }, new { name = "Noraskog", kind = "idea-driven" } },
        })).Is(HttpStatusCode.Created);
        using var pages = new PagesOverTheRegister(world);
        foreach (var path in new[] { $"/organisation/{body.Id}", "/kommun/1884", "/region/18", $"/register/{made.Id}" })
            Assert.Contains("Bergslagsdagar", await pages.Get(path), StringComparison.Ordinal);
        Assert.Contains("Nora kommun: 1<", (await pages.Get("/register/karta")).Replace(" </", "</", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Contains(">Nora kommun</a>", await pages.Get("/statistik/jamfor?plats=1884&plats=18&plats=9999"),
            StringComparison.Ordinal);
        await pages.Get("/statistik");
        await pages.Get("/");
        using var keeping = new PagesOverTheRegister(world, Keeper);
        await keeping.Get("/register/forslag");
    }

    private static string Known(JsonElement entry) => string.Join('\n', entry.EnumerateObject()
        .Where(field => field.Name is not "additions").Concat(entry.GetProperty("additions").EnumerateObject())
        .Where(field => field.Name is not ("classifiedBy" or "lastConfirmedOn"))
        .Select(field => $"{field.Name}: {field.Value.GetRawText()}"));

    internal static object Everything() => new
    {
        title = "Allt som går att säga", purpose = "Första raden.\nAndra raden.", challenge = "Utmaning & \"citat\" <b>",
        targetGroup = "Unga", area = "leisure-education", targetAge = "0-25", startYear = 2018, endYear = 2030, autoRenews = true,
        renewals = 3, municipalityCode = "2062", national = true, morePlaces = new[] { "0305", "0382", "04" },
        parties = new object[]
        {
            new { name = "Mora kommun", kind = "public", unitName = "Socialnämnden" },
            new { name = "Mora kommun", kind = "public", unitName = "Kulturnämnden" },
            new { name = "Morabolaget", kind = "public", body = "municipal-company", municipalityCode = "2062" },
            new { name = "Myndigheten för exempel", kind = "public", body = "state" },
            new { name = "Region Dalarna", kind = "public" },
            new { name = "Förening A", kind = "idea-driven", number = "809999-9099", federation = "Riks-A" },
            new { name = "Förening B", kind = "idea-driven" }, new { name = "Förening C", kind = "idea-driven" },
            new { name = "Företag D", kind = "private" },
        },
        resources = new object[]
        {
            new { side = "public", kind = "money", amountPerYear = "250000.50" },
            new { side = "public", kind = "premises", description = "Lokal i centrum" },
            new { side = "idea-driven", kind = "volunteer-work", hoursPerYear = 900 },
            new { side = "private", kind = "money", amountInTotal = "10000.00" },
        },
        additions = new
        {
            secondaryAreas = new[] { "safety", "other" }, secondaryAges = new[] { "26-65" }, tags = new[] { "school" },
            publicMandate = "Socialtjänstens", policyBasis = "plan", policyText = "Planen", complements = "Annat",
            initiator = "joint", responsibleFunction = "Registrator", responsibleMailbox = "registrator@mora.example",
            classifiedOnText = "Syftet", documents = new object[]
            {
                new { kind = "document", title = "Avtalet", address = "https://mora.example/a?b=1&c=2" },
                new { kind = "evaluation", title = "Utvärdering", address = "https://mora.example/u" },
                new { kind = "document", title = "Bilaga", address = "https://mora.example/b" },
            },
        },
    };
}
