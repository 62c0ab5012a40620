using System.Net;
using System.Text.Json;
using Iop.TestKit;

namespace Iop.Registry.Tests;

/// <summary>Found by words, however inflected or misspelt; narrowed down with counts that say what the next choice
/// gives.</summary>
public sealed class SearchTests(RegistryWorld world) : IClassFixture<RegistryWorld>
{
    private static readonly string[] Areas = ["health", "crime", "other"];
    private static readonly string[] Towns = ["0305", "0380", "1480"];

    [Theory]
    [InlineData("Kvinojouren Värmdö", "Kvinnojouren i Värmdö")]   // a letter too few
    [InlineData("kvinnojoruen", "Kvinnojouren i Värmdö")]          // two letters swapped
    [InlineData("Sjömanskyrka Öckerö", "Sjömanskyrkan Öckerö")]    // the beginning of a name, å ä ö
    [InlineData("öckerö", "Sjömanskyrkan Öckerö")]
    [InlineData("okerö", "Sjömanskyrkan Öckerö")]                  // misspelt
    [InlineData("läxhjälpen", "Läxhjälp på Ön")]                   // inflected
    public async Task A_name_is_found_by_its_beginning_and_though_it_is_misspelt(string wish, string found)
    {
        await Given("Kvinnojouren i Värmdö", "Sjömanskyrkan Öckerö", "Läxhjälp på Ön");
        var items = (await Found($"q={Uri.EscapeDataString(wish)}")).GetProperty("items");
        Assert.Contains(found, items.EnumerateArray().Select(one => one.GetProperty("title").GetString()));
    }

    [Fact]
    public async Task What_is_only_alike_is_said_to_be_so_and_never_stands_in_for_what_is_right()
    {
        await Given("Kvinnojouren i Värmdö");
        Assert.False((await Found("q=Kvinnojouren+Värmdö")).GetProperty("isAlike").GetBoolean());
        Assert.True((await Found("q=Kvinojouren+Värmdö")).GetProperty("isAlike").GetBoolean());
        Assert.Equal(0, (await Found("q=Zxqvwk")).GetProperty("total").GetInt32());
    }

    /// <summary>Every count beside a choice is what one gets by choosing it, with everything else as it was.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("area=health")]
    [InlineData("area=health&area=missing&county=03")]
    [InlineData("running=true&county=14")]
    [InlineData("q=lotterit&missing=purpose")]
    [InlineData("status=active&status=ended&municipality=0380&age=missing")]
    [InlineData("activeOn=2020-06-01&q=loterit")] // only alike
    public async Task The_counts_say_what_a_choice_gives(string wishes)
    {
        await GivenALottery();
        var before = await Found(wishes + "&facets=true");
        foreach (var facet in before.GetProperty("facets").EnumerateArray())
        {
            var code = facet.GetProperty("code").GetString()!;
            var others = string.Join('&',
                wishes.Split('&').Where(part => !part.StartsWith(code + "=", StringComparison.Ordinal)));
            foreach (var value in facet.GetProperty("values").EnumerateArray())
            {
                var chosen = await Found($"{others}&{code}={value.GetProperty("value").GetString()}");
                Assert.Equal((code, value.GetProperty("value").GetString(), value.GetProperty("count").GetInt32()),
                    (code, value.GetProperty("value").GetString(), chosen.GetProperty("total").GetInt32()));
            }
        }
        Assert.NotEmpty(before.GetProperty("facets").EnumerateArray());
    }

    [Fact]
    public async Task Page_after_page_everything_comes_once_though_the_register_grows_meanwhile()
    {
        await GivenALottery();
        var (seen, address) = (new List<Guid>(), (string?)"/registry/v1/entries?q=lotterit&limit=7");
        for (var pages = 0; address is not null && pages < 50; pages++)
        {
            var page = (await world.Anonymous.Get(address)).Is(HttpStatusCode.OK);
            seen.AddRange(page.Body.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetGuid()));
            address = page.Message.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
            if (pages == 1) await Enter("Lotterit, nytt", 2030, null, null, null);
        }
        Assert.Equal(60, seen.Count);
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Theory]
    [InlineData("area=sport")]
    [InlineData("county=99")]
    [InlineData("missing=everything")]
    [InlineData("status=gone")]
    public async Task A_choice_that_is_none_is_refused(string wish) =>
        (await world.Anonymous.Get($"/registry/v1/entries?{wish}")).Refuses(HttpStatusCode.BadRequest, "request.invalid");

    private async Task<JsonElement> Found(string wishes) =>
        (await world.Anonymous.Get($"/registry/v1/entries?{wishes}")).Is(HttpStatusCode.OK).Body;

    private async Task Given(params string[] titles)
    {
        foreach (var title in titles)
        {
            if (await world.Scalar<long>("SELECT count(*) FROM entry WHERE title = $1", title) == 0)
                await Enter(title, 2020, null, "other", null);
        }
    }

    private async Task GivenALottery()
    {
        if (await world.Scalar<long>("SELECT count(*) FROM entry WHERE title LIKE 'Lotterit %'") > 0) return;
        var chance = new Random(7);
        for (var number = 1; number <= 60; number++)
            await Enter($"Lotterit {number}", 2014 + chance.Next(12), chance.Next(3) == 0 ? 2016 + chance.Next(12) : null,
                chance.Next(4) == 0 ? null : Areas[chance.Next(3)], chance.Next(3) == 0 ? null : Towns[chance.Next(3)],
                chance.Next(2) == 0 ? [Towns[chance.Next(3)]] : []);
    }

    private async Task Enter(string title, int start, int? end, string? area, string? town, string[]? more = null) =>
        (await world.Operator.Create("/registry/v1/entries", new
        {
            title, startYear = start, endYear = end >= start ? end : null, area, municipalityCode = town, morePlaces = more ?? [],
            parties = new[] { new { name = "Någon förening", kind = "idea-driven" } },
        })).Is(HttpStatusCode.Created);
}
