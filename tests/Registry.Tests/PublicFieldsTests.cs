using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Iop.Kernel;
using Iop.Registry.OpenData;
using Iop.TestKit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Iop.Registry.Tests;

/// <summary>Whoever is not signed in reads what is public, and nothing of what people say to each other about it.</summary>
public sealed partial class PublicFieldsTests(RegistryWorld world) : IClassFixture<RegistryWorld>
{
    private static readonly string[] OfAnEntry =
    [
        "id", "title", "purpose", "challenge", "targetGroup", "area", "targetAge", "status", "startsOn", "startYear", "endsOn",
        "endedOn", "openEnded", "geography", "provenance", "lastConfirmedOn", "parties", "resources", "agreements", "history",
        "missing", "endYear", "autoRenews", "renewals", "national", "morePlaces", "synthetic", "additions", "links",
        "takenOver",
    ];

    private static readonly string[] OfALine =
    [
        "id", "title", "purpose", "challenge", "area", "targetAge", "status", "startsOn", "startYear", "endsOn", "endedOn",
        "openEnded",
        "parties", "geography", "missing", "lastConfirmedOn", "endYear", "autoRenews", "synthetic", "provenance",
    ];

    [Fact]
    public async Task An_entry_shows_the_fields_that_are_public_and_no_others()
    {
        var made = await AnEntryThatIsTalkedAbout("Ludvika kommun", "2085");
        Assert.Equal(OfAnEntry.Order(StringComparer.Ordinal), Fields((await world.Anonymous.Get(made.Location!)).Body));
        var found = (await world.Anonymous.Get("/registry/v1/entries?q=Omtalad")).Body.GetProperty("items")[0];
        Assert.Equal(OfALine.Order(StringComparer.Ordinal), Fields(found));
    }

    /// <summary>Everything that answers without a token is read, and looked through for what must not be there: what people say
    /// to each other of an entry, and persons, though they stand in an agreement that the register shows.</summary>
    [Fact]
    public async Task Nothing_that_is_open_gives_away_who_asked_what_or_any_person()
    {
        var made = await AnEntryThatIsTalkedAbout("Smedjebackens kommun", "2061");
        var agreement = RegistryWorld.InForce("Ring 811218-9876", with: words =>
            words.Purpose = "Fråga kajsa.berglund@kommunen.example eller 198112189876, annars registrator@kommunen.example.");
        agreement = agreement with
        {
            Challenge = "kajsa.berglund@kommunen.example", TargetGroup = "811218-9876",
            Contributions = [agreement.Contributions[0] with { Description = "Av kajsa.berglund@kommunen.example, 8112189876" }],
        };
        await world.Tell(agreement);
        var signed = await world.EntryOf(agreement);
        await world.Services.GetServices<IHostedService>().OfType<TakeSnapshot>().Single().Once(CancellationToken.None);
        var kept = (await world.Anonymous.Get("/registry/v1/snapshots")).Body.GetProperty("items").EnumerateArray()
            .Select(one => one.GetProperty("address").GetString()!["/registry/v1/".Length..]).ToList();
        var organisation = (await world.Anonymous.Get("/registry/v1/organisations")).Body.GetProperty("items")[0]
            .GetProperty("id");
        string[] open =
        [
            "entries?limit=100", "entries?facets=true&limit=100", $"entries/{made.Id}", $"entries/{signed}", "entries/csv",
            "entries/parties?limit=100", "entries/parties/csv", "figures", "statistics", "statistics/csv",
            "statistics/definitions", "coverage", "organisations", $"organisations/{organisation}",
            $"organisations/{organisation}/entries", "changes", "snapshots", .. kept, "catalog", "schemas/entries", "areas",
            "counties", "municipalities", "openapi/sv.json", "api-info",
        ];
        Assert.Equal(3, kept.Count);
        foreach (var path in open)
        {
            var text = (await world.Anonymous.Get("/registry/v1/" + path)).Is(HttpStatusCode.OK).Text;
            Assert.DoesNotContain("Hemlig begäran", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Hemligt svar", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Väntande lista", text, StringComparison.Ordinal);
            Assert.DoesNotContain("keeper", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("811218", text, StringComparison.Ordinal);
            Assert.All(Addresses().Matches(text).Select(match => match.Value),
                address => Assert.Contains(address.Split('@')[0], "registrator kontakt api"));
        }
        Assert.Contains("registrator@kommunen.example", (await world.Anonymous.Get($"/registry/v1/entries/{signed}")).Text,
            StringComparison.Ordinal);
        foreach (var path in new[] { $"entries/{made.Id}/corrections", "own-entries", "proposals", "import-headings" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await world.Anonymous.Get("/registry/v1/" + path)).Status);
        // Nothing is open that has not been looked through here.
        Assert.All(OpenPatterns(), pattern =>
            Assert.Contains(open, path => pattern.IsMatch("/registry/v1/" + path.Split('?')[0])));
    }

    private IEnumerable<Regex> OpenPatterns() => world.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") is true
            && endpoint.RoutePattern.RawText!.StartsWith("/registry/", StringComparison.Ordinal))
        .Select(endpoint => new Regex("^" + Regex.Replace(endpoint.RoutePattern.RawText!, @"\{[^}]*\}", "[^/]+",
            RegexOptions.None, TimeSpan.FromSeconds(1)) + "$", RegexOptions.None, TimeSpan.FromSeconds(1)));

    private async Task<Reply> AnEntryThatIsTalkedAbout(string town, string code)
    {
        var body = await world.Registered(town, "public", code);
        var own = world.As(Callers.Of(body.Id, Roles.Officer));
        var made = (await own.Create("/registry/v1/entries", KeepingTests.Partnership("Omtalad", town, "Prat",
            new { responsibleFunction = "Registrator", responsibleMailbox = "registrator@smedjebacken.example" })))
            .Is(HttpStatusCode.Created);
        var asked = (await own.Create($"{made.Location}/corrections", new { field = "title", words = "Hemlig begäran" }))
            .Is(HttpStatusCode.Created);
        (await own.Act($"/registry/v1/corrections/{asked.Id}/answer", asked.Tag,
            new { corrected = false, answer = "Hemligt svar" }))
            .Is(HttpStatusCode.OK);
        (await ImportTests.Upload(own, $"titel;offentlig part\nVäntande lista;{town}\n")).Is(HttpStatusCode.Created);
        return made;
    }

    private static IEnumerable<string> Fields(JsonElement thing) =>
        thing.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"[\w.+-]+@[\w-]+\.\w+", RegexOptions.None, 1000)]
    private static partial Regex Addresses();
}
