using System.Net;
using System.Text.Json;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>What differs between two texts, part by part, with the words marked.</summary>
[Collection(nameof(Signed))]
public sealed class ComparingTests(AgreementsWorld world)
{
    [Fact]
    public async Task Every_kind_of_change_between_two_versions_is_shown_by_its_name()
    {
        var of = await world.Opened();
        var first = await of.VersionHash();
        (await world.AssociationSignatory.Act($"{of.Path}/declines", $"\"{first}\"", new { reason = "Nej" }))
            .Is(HttpStatusCode.OK);
        (await world.Officer.Act($"{of.Path}/redrafting", (await of.Shown()).Tag)).Is(HttpStatusCode.OK);
        (await of.Write(world.Officer, "goals", "Text om nya goals.")).Is(HttpStatusCode.OK);
        (await of.Write(world.Officer, "vision", "Alla barn får stöd.")).Is(HttpStatusCode.OK);
        (await world.Officer.Put($"{of.Path}/frame", (await of.Shown()).Tag,
            new { title = "Vårsol 2026–2029", startsOn = "2026-04-01", endsOn = "2029-12-31", autoRenews = false,
                noticeMonths = 6,
                area = "health", targetAge = "0-25", countyCode = "06" })).Is(HttpStatusCode.OK);
        (await world.Officer.Create($"{of.Path}/contributions",
            new { partyId = of.Partners.RegionParty, kind = "premises", description = "Lokal" })).Is(HttpStatusCode.Created);
        (await world.Officer.Put($"{of.Path}/signing-order", (await of.Shown()).Tag, new
        {
            turns = new[] { new { partyId = of.Partners.RegionParty, turn = 2 },
                new { partyId = of.Partners.AssociationParty, turn = 1 } },
        })).Is(HttpStatusCode.OK);
        (await of.Approve()).Is(HttpStatusCode.OK);
        (await of.Open()).Is(HttpStatusCode.OK);

        var difference = await Difference(of, first, await of.VersionHash());
        Assert.Equal(["frame", "sections", "contributions", "signing"], Names(difference));
        Assert.Equal(["title: Vårsol [-2026–2028][+2026–2029]", "endsOn: [-2028-12-31][+2029-12-31]"],
            Fields(Item(difference, "frame", null)).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(["text: Text om [+nya ]goals."], Fields(Item(difference, "sections", "goals")));
        Assert.Equal(("added", "Vision"), (Item(difference, "sections", "vision").GetProperty("change").GetString(),
            Item(difference, "sections", "vision").GetProperty("name").GetString()));
        var contribution = difference.GetProperty("parts").EnumerateArray().Single(part => Part(part) == "contributions")
            .GetProperty("items")[0];
        Assert.Equal("Region Jönköpings län", contribution.GetProperty("name").GetString());
        Assert.Contains("kind: [+lokaler]", Fields(contribution), StringComparer.OrdinalIgnoreCase);
        Assert.Equal(5 + 1, difference.GetProperty("count").GetInt32());
        Assert.Equal("Avsnitt", difference.GetProperty("parts")[1].GetProperty("name").GetString());

        var back = await Difference(of, await of.VersionHash(), first);
        Assert.Equal("removed", Item(back, "sections", "vision").GetProperty("change").GetString());
        Assert.Equal(0, (await Difference(of, first, first)).GetProperty("count").GetInt32());
        Assert.Equal(6, (await Difference(of, first, "current")).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Only_texts_of_ones_own_are_compared()
    {
        var of = await world.Opened();
        var hash = await of.VersionHash();
        (await world.Stranger.Get($"{of.Path}/versions/{hash}/difference/current")).Is(HttpStatusCode.NotFound);
        (await world.Stranger.Get($"{of.Path}/versions")).Is(HttpStatusCode.NotFound);
        (await world.Stranger.Get($"{of.Path}/signing")).Is(HttpStatusCode.NotFound);
        (await world.Officer.Get($"{of.Path}/versions/{new string('c', 64)}/difference/{hash}")).Is(HttpStatusCode.NotFound);
        (await world.Officer.Get($"{of.Path}/versions/{hash}/difference/{new string('c', 64)}")).Is(HttpStatusCode.NotFound);
    }

    private async Task<JsonElement> Difference(Case of, string earlier, string later) =>
        (await world.Officer.Get($"{of.Path}/versions/{earlier}/difference/{later}")).Is(HttpStatusCode.OK).Body;

    private static IEnumerable<string?> Names(JsonElement difference) =>
        difference.GetProperty("parts").EnumerateArray().Select(Part);

    private static string? Part(JsonElement part) => part.GetProperty("part").GetString();

    private static JsonElement Item(JsonElement difference, string part, string? key) =>
        difference.GetProperty("parts").EnumerateArray().Single(one => Part(one) == part).GetProperty("items").EnumerateArray()
            .Single(item => item.GetProperty("key").GetString() == key);

    private static List<string> Fields(JsonElement item) => [.. item.GetProperty("fields").EnumerateArray()
        .Select(field => $"{field.GetProperty("field").GetString()}: " + string.Concat(field.GetProperty("words").EnumerateArray()
            .Select(stretch => stretch.GetProperty("change").GetString() switch
            {
                "removed" => $"[-{stretch.GetProperty("text").GetString()}]",
                "added" => $"[+{stretch.GetProperty("text").GetString()}]",
                _ => stretch.GetProperty("text").GetString(),
            })))];
}
