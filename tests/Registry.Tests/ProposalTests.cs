using System.Net;
using System.Text.Json;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Registry.Tests;

/// <summary>The same partnership twice, or renewed: proposed when it is written, decided by a person, undone without a
/// trace.</summary>
public sealed class ProposalTests(RegistryWorld world) : IClassFixture<RegistryWorld>
{
    private const string Proposals = "/registry/v1/proposals";

    [Fact]
    public async Task Both_sides_report_the_same_partnership_and_it_counts_once_when_somebody_has_merged_them()
    {
        var (municipality, association) = await TheSameFromBothSides("Solkatten", "Arboga", "1984");
        var before = await Counted();
        var proposal = await Waiting(municipality.Id, association.Id);
        Assert.Equal("duplicate", Text(proposal, "kind"));
        Assert.Contains("two-reporters", proposal.GetProperty("reasons").EnumerateArray().Select(one => one.GetString()));

        var address = $"{Proposals}/{proposal.GetProperty("id").GetGuid()}";
        var merged = (await world.Operator.Act($"{address}/decision", "\"1\"",
            new { decision = "merge", keepId = municipality.Id })).Is(HttpStatusCode.OK);
        Assert.Equal(before - 1, await Counted());
        Assert.Equal(1, await Found("Solkatten"));
        var behind = (await world.Anonymous.Get(association.Location!)).Is(HttpStatusCode.OK).Body;
        Assert.Equal(("merged-into", municipality.Id), Link(behind));
        Assert.Equal(("merged-with", association.Id), Link((await world.Anonymous.Get(municipality.Location!)).Body));
        (await world.Operator.Act($"{address}/decision", merged.Tag, new { decision = "decline" }))
            .Refuses(HttpStatusCode.Conflict, "proposal.already-decided");

        var undone = (await world.Operator.Act($"{address}/undo", merged.Tag)).Is(HttpStatusCode.OK);
        Assert.Equal((before, 2), (await Counted(), await Found("Solkatten")));
        (await world.Operator.Act($"{address}/undo", undone.Tag)).Refuses(HttpStatusCode.Conflict, "proposal.not-decided");
    }

    [Fact]
    public async Task A_renewal_is_tied_to_what_it_continues_and_the_chain_counts_once_until_that_is_undone()
    {
        var first = await Enter("Läxhjälp i Köping", "Köpings kommun", "Läxhjälparna", 2018, 2019);
        var second = await Enter("Läxhjälp i Köping", "Köpings kommun", "Läxhjälparna", 2020, 2021);
        var third = await Enter("Läxhjälp i Köping", "Köpings kommun", "Läxhjälparna", 2022, 2023);
        var before = await Counted();
        var one = await Waiting(first.Id, second.Id);
        var other = await Waiting(second.Id, third.Id);
        Assert.Equal("continues", Text(one, "kind"));
        foreach (var proposal in new[] { other, one })
            (await world.Operator.Act($"{Proposals}/{proposal.GetProperty("id").GetGuid()}/decision", "\"1\"",
                new { decision = "chain" }))
                .Is(HttpStatusCode.OK);
        Assert.Equal(before - 2, await Counted());
        (await world.Operator.Act($"{Proposals}/{one.GetProperty("id").GetGuid()}/undo", "\"2\"")).Is(HttpStatusCode.OK);
        Assert.Equal(before - 1, await Counted());
    }

    [Fact]
    public async Task What_is_declined_does_not_come_again_and_strangers_see_nothing()
    {
        var (municipality, association) = await TheSameFromBothSides("Månskenet", "Kungsör", "1960");
        var proposal = await Waiting(municipality.Id, association.Id);
        var address = $"{Proposals}/{proposal.GetProperty("id").GetGuid()}";
        var stranger = world.As(Callers.Of(Guid.NewGuid(), Roles.Officer));
        Assert.Equal(0, (await stranger.Get(Proposals)).Is(HttpStatusCode.OK).Body.GetProperty("total").GetInt32());
        (await stranger.Act($"{address}/decision", "\"1\"", new { decision = "merge" }))
            .Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await stranger.Create(Proposals, new { })).Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        (await world.Operator.Act($"{address}/decision", "\"1\"", new { decision = "decline" })).Is(HttpStatusCode.OK);
        (await world.Operator.Create(Proposals, new { })).Is(HttpStatusCode.Created);
        Assert.Equal(0, await world.Scalar<long>(
            "SELECT count(*) FROM proposal WHERE state = 'Waiting' AND $1 IN (first_id, second_id)", municipality.Id));
    }

    [Fact]
    public async Task What_is_signed_here_stays_and_two_of_them_are_never_merged()
    {
        var agreement = RegistryWorld.InForce("Signerad natt", with: words => words.AssociationName = "Nattvakten");
        await world.Tell(agreement);
        await world.Tell(RegistryWorld.InForce("Signerad natt", with: words =>
            (words.AssociationName, words.Association, words.Municipality) = ("Nattvakten", agreement.Parties[0].OrganisationId,
                agreement.Parties[1].OrganisationId)));
        (await world.Operator.Create(Proposals, new { })).Is(HttpStatusCode.Created);
        var id = await world.Scalar<Guid>("""
            SELECT proposal_id FROM proposal JOIN entry ON entry_id = first_id WHERE title = 'Signerad natt'
            """);
        (await world.Operator.Act($"{Proposals}/{id}/decision", "\"1\"", new { decision = "merge" }))
            .Refuses(HttpStatusCode.Conflict, "proposal.both-signed-here");
    }

    [Fact]
    public async Task An_entry_that_is_merged_already_is_not_merged_again()
    {
        var one = await Enter("Trippel i Sala", "Sala kommun", "Trippeln", 2019, 2021);
        var two = await Enter("Trippel i Sala", "Sala kommun", "Trippeln", 2019, 2021);
        var three = await Enter("Trippel i Sala", "Sala kommun", "Trippeln", 2019, 2021);
        (await Decide(one, two, new { decision = "merge", keepId = one.Id })).Is(HttpStatusCode.OK);
        (await Decide(two, three, new { decision = "merge", keepId = two.Id }))
            .Refuses(HttpStatusCode.Conflict, "proposal.already-merged");
        (await Decide(one, three, new { decision = "merge", keepId = one.Id })).Is(HttpStatusCode.OK);
        Assert.Equal(1, await Found("Trippel"));
    }

    /// <summary>What the one that stays does not say, the other says for it; taken apart, both are what they were, to the
    /// letter.</summary>
    [Fact]
    public async Task The_one_that_stays_takes_over_what_it_lacks_and_gives_it_back_when_they_are_taken_apart()
    {
        var bare = (await world.Operator.Create("/registry/v1/entries", new
        {
            title = "Lucka i Heby", challenge = "Egen utmaning", startYear = 2022,
            parties = new object[] { new { name = "Heby kommun", kind = "public" },
                new { name = "Luckan", kind = "idea-driven" } },
        })).Is(HttpStatusCode.Created);
        var full = (await world.Operator.Create("/registry/v1/entries", new
        {
            title = "Lucka i Heby", purpose = "Fyller luckor", challenge = "Annan utmaning", area = "health", targetAge = "all",
            startsOn = "2022-01-01", endsOn = "2027-12-31", municipalityCode = "0331", renewals = 2,
            parties = new object[] { new { name = "Heby kommun", kind = "public" },
                new { name = "Luckan", kind = "idea-driven" } },
            resources = new object[] { new { side = "public", kind = "money", amountPerYear = "5000.00" } },
            additions = new
            {
                tags = new[] { "school" }, publicMandate = "Skolans", initiator = "joint", classifiedOnText = "Syftet",
                documents = new object[] { new { kind = "document", title = "Avtal", address = "https://heby.example/a" } },
            },
        })).Is(HttpStatusCode.Created);
        async Task<string[]> Everything() =>
        [
            (await world.Anonymous.Get(bare.Location!)).Text, (await world.Anonymous.Get(full.Location!)).Text,
            (await world.Anonymous.Get("/registry/v1/statistics")).Text,
            (await world.Anonymous.Get("/registry/v1/entries?facets=true&q=Heby")).Text,
        ];
        var before = await Everything();
        var merged = (await Decide(bare, full, new { decision = "merge", keepId = bare.Id })).Is(HttpStatusCode.OK);
        var stays = (await world.Anonymous.Get(bare.Location!)).Is(HttpStatusCode.OK).Body;
        Assert.Equal(("Fyller luckor", "Egen utmaning", "health", "2027-12-31"),
            (Text(stays, "purpose"), Text(stays, "challenge"), Text(stays, "area"), Text(stays, "endsOn")));
        Assert.Equal(JsonValueKind.Null, stays.GetProperty("startsOn").ValueKind); // it says a year itself
        Assert.Equal("5000.00", Text(stays.GetProperty("resources")[0], "amountPerYear"));
        Assert.Equal("Avtal", Text(stays.GetProperty("additions").GetProperty("documents")[0], "title"));
        Assert.Empty(stays.GetProperty("missing").EnumerateArray());
        Assert.Equal(
            ["purpose", "area", "targetAge", "geography", "endsOn", "renewals", "resources", "tags", "publicMandate", "initiator",
                "classifiedOnText", "documents", "classifiedBy"],
            stays.GetProperty("takenOver").EnumerateArray().Select(one => Text(one, "field")).OrderBy(field =>
                field == "classifiedBy" ? 1 : 0));
        Assert.All(stays.GetProperty("takenOver").EnumerateArray(),
            one => Assert.Equal(full.Id, one.GetProperty("fromEntryId").GetGuid()));
        Assert.Equal(1, await Found("luckor"));

        (await world.Operator.Act($"{Proposals}/{merged.Body.GetProperty("id").GetGuid()}/undo", merged.Tag))
            .Is(HttpStatusCode.OK);
        Assert.Equal(before, await Everything());
    }

    [Fact]
    public async Task When_one_of_several_goes_the_others_fill_its_gaps()
    {
        var bare = await Enter("Trappa i Tierp", "Tierps kommun", "Trappan", 2019, 2021);
        async Task<Reply> With(string purpose) => (await world.Operator.Create("/registry/v1/entries", new
        {
            title = "Trappa i Tierp", purpose, startsOn = "2019-01-01", endsOn = "2021-12-31",
            parties = new object[] { new { name = "Tierps kommun", kind = "public" },
                new { name = "Trappan", kind = "idea-driven" } },
        })).Is(HttpStatusCode.Created);
        var one = await With("Trappor för alla");
        world.Clock.Advance(TimeSpan.FromMilliseconds(1)); // the older one comes first
        var other = await With("Trappor för alla, igen");
        var first = (await Decide(bare, one, new { decision = "merge", keepId = bare.Id })).Is(HttpStatusCode.OK);
        (await Decide(bare, other, new { decision = "merge", keepId = bare.Id })).Is(HttpStatusCode.OK);
        Assert.Equal("Trappor för alla", Text((await world.Anonymous.Get(bare.Location!)).Body, "purpose"));
        (await world.Operator.Act($"{Proposals}/{first.Body.GetProperty("id").GetGuid()}/undo", first.Tag))
            .Is(HttpStatusCode.OK);
        Assert.Equal("Trappor för alla, igen", Text((await world.Anonymous.Get(bare.Location!)).Body, "purpose"));
    }

    private async Task<Reply> Decide(Reply one, Reply other, object decision) => await world.Operator.Act(
        $"{Proposals}/{(await Waiting(one.Id, other.Id)).GetProperty("id").GetGuid()}/decision", "\"1\"", decision);

    private async Task<(Reply Municipality, Reply Association)> TheSameFromBothSides(string name, string town, string code)
    {
        var municipality = await world.Registered($"{town} kommun", "public", code);
        var association = await world.Registered(name);
        object Words(string title, string purpose, string? number = null) => new
        {
            title, purpose, startsOn = "2022-01-01", endsOn = "2027-12-31",
            parties = new object[] { new { name = $"{town} kommun", kind = "public" },
                new { name, kind = "idea-driven", number } },
        };
        return (
            (await world.As(Callers.Of(municipality.Id, Roles.Officer)).Create("/registry/v1/entries",
                Words($"IOP {name}", "Mötesplats för äldre som lever ensamma"))).Is(HttpStatusCode.Created),
            (await world.As(Callers.Of(association.Id, Roles.Officer)).Create("/registry/v1/entries",
                Words($"{name}: vår mötesplats", "En mötesplats för ensamma äldre", Text(association.Body, "number"))))
                .Is(HttpStatusCode.Created));
    }

    private async Task<Reply> Enter(string title, string municipality, string association, int from, int to) =>
        (await world.Operator.Create("/registry/v1/entries", new
        {
            title, startsOn = $"{from}-01-01", endsOn = $"{to}-12-31",
            parties = new object[] { new { name = municipality, kind = "public" },
                new { name = association, kind = "idea-driven" } },
        })).Is(HttpStatusCode.Created);

    private async Task<JsonElement> Waiting(Guid one, Guid other) =>
        (await world.Operator.Get($"{Proposals}?limit=100")).Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()
        .Single(proposal => new[] { proposal.GetProperty("first").GetProperty("id").GetGuid(),
            proposal.GetProperty("second").GetProperty("id").GetGuid() }.Order().SequenceEqual(new[] { one, other }.Order()));

    private async Task<int> Counted() => (await world.Anonymous.Get("/registry/v1/figures")).Is(HttpStatusCode.OK).Body
        .GetProperty("all").GetInt32();

    private async Task<int> Found(string words) => (await world.Anonymous.Get($"/registry/v1/entries?q={words}"))
        .Is(HttpStatusCode.OK).Body.GetProperty("total").GetInt32();

    private static (string?, Guid) Link(JsonElement entry) =>
        (Text(entry.GetProperty("links")[0], "kind"), entry.GetProperty("links")[0].GetProperty("id").GetGuid());

    private static string? Text(JsonElement thing, string field) => thing.GetProperty(field).GetString();
}
