using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Registry.Tests;

/// <summary>Whoever is not signed in reads what is public, and nothing of what people say to each other about it.</summary>
public sealed partial class PublicFieldsTests(RegistryWorld world) : IClassFixture<RegistryWorld>
{
    private static readonly string[] OfAnEntry =
    [
        "id", "title", "purpose", "challenge", "targetGroup", "area", "targetAge", "status", "startsOn", "startYear", "endsOn",
        "endedOn", "openEnded", "geography", "provenance", "lastConfirmedOn", "parties", "resources", "agreements", "history",
        "missing", "endYear", "autoRenews", "renewals", "national", "morePlaces", "synthetic", "additions", "links",
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

    /// <summary>Everything that answers without a token is read, and looked through for what must not be there.</summary>
    [Fact]
    public async Task Nothing_that_is_open_gives_away_who_asked_what_or_any_persons_address()
    {
        var made = await AnEntryThatIsTalkedAbout("Smedjebackens kommun", "2061");
        foreach (var path in new[]
        {
            "entries", "entries?facets=true", $"entries/{made.Id}", "entries/csv", "entries/parties/csv", "figures", "statistics",
            "statistics/csv", "coverage", "organisations", "changes", "snapshots", "catalog", "areas", "counties",
            "municipalities",
        })
        {
            var text = (await world.Anonymous.Get("/registry/v1/" + path)).Is(HttpStatusCode.OK).Text;
            Assert.DoesNotContain("Hemlig begäran", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Hemligt svar", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Väntande lista", text, StringComparison.Ordinal);
            Assert.DoesNotContain("keeper", text, StringComparison.OrdinalIgnoreCase);
            Assert.All(Addresses().Matches(text).Select(match => match.Value),
                address => Assert.Contains(address.Split('@')[0], "registrator kontakt"));
        }
        foreach (var path in new[] { $"entries/{made.Id}/corrections", "own-entries", "proposals", "import-headings" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await world.Anonymous.Get("/registry/v1/" + path)).Status);
    }

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
