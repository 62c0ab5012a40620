using System.Net;
using System.Text.Json;
using Iop.Contracts.Agreements;
using Iop.TestKit;

namespace Iop.Registry.Tests;

public sealed class EntryTests(RegistryWorld world) : IClassFixture<RegistryWorld>
{
    [Fact]
    public async Task A_partnership_appears_in_the_register_when_its_agreement_enters_into_force()
    {
        var agreement = RegistryWorld.InForce("Kvinnojour i Enköping");
        await world.Tell(agreement);

        var shown = (await world.Anonymous.Get($"/registry/v1/entries/{await world.EntryOf(agreement)}")).Is(HttpStatusCode.OK)
            .Body;
        Assert.Equal("active", Text(shown, "status"));
        Assert.Equal("crime", Text(shown, "area"));
        Assert.Equal("signed-here", Text(shown, "provenance"));
        Assert.Equal("Enköpings kommun", Text(shown.GetProperty("geography"), "name"));
        Assert.Equal(["Kvinnojouren Vårsol", "Enköpings kommun"], Texts(shown.GetProperty("parties"), "name"));
        Assert.Equal(["signed", "in-force"], Texts(shown.GetProperty("history"), "what"));
        var money = shown.GetProperty("resources").EnumerateArray().Single(resource => Text(resource, "kind") == "money");
        Assert.Equal("123450.00", Text(money, "amountPerYear"));
        Assert.Empty(shown.GetProperty("missing").EnumerateArray());
    }

    [Fact]
    public async Task Told_twice_it_stands_there_once()
    {
        var agreement = RegistryWorld.InForce("En gång räcker");
        var id = await world.Tell(agreement);
        await world.Publish(agreement, id);   // the same delivery again
        await world.Tell(agreement);          // the same fact in a new message
        Assert.Equal(1,
            await world.Scalar<long>("SELECT count(*) FROM entry_agreement WHERE agreement_id = $1", agreement.AgreementId));
        Assert.Equal(1, await world.Scalar<long>("SELECT version FROM entry WHERE partnership_id = $1", agreement.PartnershipId));
    }

    [Fact]
    public async Task A_cluster_of_agreements_in_one_partnership_is_one_entry_and_ends_with_the_last()
    {
        var first = RegistryWorld.InForce("Stödboende", with: words => words.StartsOn = new DateOnly(2024, 3, 1));
        var second = RegistryWorld.InForce("Stödboende norr", first.PartnershipId, words => words.EndsOn = null);
        await world.Tell(first);
        await world.Tell(second);
        var address = $"/registry/v1/entries/{await world.EntryOf(first)}";
        var both = (await world.Anonymous.Get(address)).Body;
        Assert.Equal(("Stödboende norr", "2024-03-01", true),
            (Text(both, "title"), Text(both, "startsOn"), both.GetProperty("openEnded").GetBoolean()));

        await world.Tell(Ended(second, new DateOnly(2026, 2, 1), "notice"));
        Assert.Equal("active", Text((await world.Anonymous.Get(address)).Body, "status"));
        await world.Tell(Ended(first, new DateOnly(2026, 3, 1), "ended"));
        var over = (await world.Anonymous.Get(address)).Body;
        Assert.Equal(("ended", "2026-03-01"), (Text(over, "status"), Text(over, "endedOn")));
    }

    [Fact]
    public async Task An_end_that_overtakes_the_beginning_waits_for_it()
    {
        var agreement = RegistryWorld.InForce("Omkörd");
        var end = await world.Publish(Ended(agreement, new DateOnly(2026, 2, 28), "rescinded"));
        await Eventually.Holds("the end is parked", async () => await world.Broker.ReadyInAsync("iop.wait-2s") > 0);
        await world.Tell(agreement);
        await Eventually.Holds("the end comes back", async () => await world.HandledBy(end) == 1);
        Assert.Equal("Ended",
            await world.Scalar<string>("SELECT status FROM entry WHERE partnership_id = $1", agreement.PartnershipId));
    }

    [Fact]
    public async Task What_nobody_has_said_is_shown_as_missing()
    {
        var agreement = RegistryWorld.InForce("Halvt beskrivet", with: words =>
            (words.Area, words.TargetAge, words.MunicipalityCode) = (null, null, null));
        await world.Tell(agreement);
        var shown = (await world.Anonymous.Get($"/registry/v1/entries/{await world.EntryOf(agreement)}")).Body;
        Assert.Equal(["area", "targetAge", "geography"],
            shown.GetProperty("missing").EnumerateArray().Select(field => field.GetString()));
    }

    [Theory]
    [InlineData("hästunderst")]          // the beginning of a word
    [InlineData("hästunderstödda")]      // another inflection
    [InlineData("HÄSTUNDERSTÖDD rehab")] // several words, any case
    [InlineData("ridskolan ryt")]        // a party's name
    [InlineData("håbo")]                 // the place
    public async Task An_entry_is_found_by_its_words(string wish)
    {
        await GivenTheRidingSchool();
        var found = (await world.Anonymous.Get($"/registry/v1/entries?q={Uri.EscapeDataString(wish)}")).Is(HttpStatusCode.OK)
            .Body;
        Assert.Equal("Hästunderstödd rehabilitering", Assert.Single(Texts(found.GetProperty("items"), "title")));
    }

    [Theory]
    [InlineData("area=health&kind=public", 1)]
    [InlineData("area=disability", 0)]
    [InlineData("municipality=0305", 1)]
    [InlineData("county=03&area=health&status=active", 1)]
    [InlineData("municipality=0305&status=ended", 0)]
    [InlineData("municipality=0305&activeOn=2021-06-01", 1)]
    [InlineData("municipality=0305&activeOn=2020-06-01", 0)]
    [InlineData("municipality=0305&q=%26%7C%21%3A%2A%28%29%27", 1)] // nothing left of it to look for
    public async Task Entries_are_narrowed_down(string wishes, int expected)
    {
        await GivenTheRidingSchool();
        var found = (await world.Anonymous.Get($"/registry/v1/entries?{wishes}")).Is(HttpStatusCode.OK).Body;
        Assert.Equal(expected, found.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_wish_that_cannot_be_is_refused()
    {
        (await world.Anonymous.Get("/registry/v1/entries?area=sport")).Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await world.Anonymous.Get("/registry/v1/entries?page=0"))
            .Refuses(HttpStatusCode.BadRequest, "request.page-out-of-range");
        (await world.Anonymous.Get($"/registry/v1/entries/{Guid.NewGuid()}"))
            .Refuses(HttpStatusCode.NotFound, "request.not-found");
    }

    private async Task GivenTheRidingSchool()
    {
        if (await world.Scalar<long>("SELECT count(*) FROM entry WHERE municipality_code = '0305'") > 0) return;
        await world.Tell(RegistryWorld.InForce("Hästunderstödd rehabilitering", with: words =>
        {
            words.Area = "health";
            words.MunicipalityCode = "0305";
            words.AssociationName = "Ridskolan Ryttaren";
            words.StartsOn = new DateOnly(2021, 1, 1);
        }));
    }

    private static AgreementEnded Ended(AgreementEnteredIntoForce agreement, DateOnly on, string how) => new()
    {
        AgreementId = agreement.AgreementId,
        Sequence = agreement.Sequence + 1,
        PartnershipId = agreement.PartnershipId,
        Title = agreement.Title,
        EndedOn = on,
        How = how,
    };

    private static string? Text(JsonElement thing, string field) => thing.GetProperty(field).GetString();

    private static IEnumerable<string?> Texts(JsonElement list, string field) =>
        list.EnumerateArray().Select(thing => Text(thing, field));
}
