using System.Net;
using System.Text.Json;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Registry.Tests;

/// <summary>Entries written by people: who may, what may stand there, how they are confirmed, corrected and tied
/// together.</summary>
public sealed class KeepingTests(RegistryWorld world) : IClassFixture<RegistryWorld>
{
    private const string Entries = "/registry/v1/entries";

    [Fact]
    public async Task The_operator_enters_a_partnership_with_all_that_is_known_and_the_rest_is_missing()
    {
        var made = (await world.Operator.Create(Entries, new
        {
            title = "Brottsofferjouren i Mora", area = "crime", targetAge = "all", startYear = 2018, autoRenews = true,
            purpose = "Stöd till brottsutsatta.", municipalityCode = "2062", renewals = 2,
            parties = new object[]
            {
                new { name = "Mora kommun", kind = "public", unitName = "Socialnämnden" },
                new { name = "Brottsofferjouren Mora", kind = "idea-driven", federation = "Brottsofferjouren Sverige" },
            },
            resources = new object[] { new { side = "public", kind = "money", amountPerYear = "250000.00" } },
            additions = new
            {
                secondaryAreas = new[] { "safety" }, tags = new[] { "victims-of-crime" }, policyBasis = "compact",
                responsibleFunction = "Socialförvaltningens kansli", responsibleMailbox = "registrator@mora.example",
                classifiedOnText = "Avtalet § 2", initiator = "idea-driven",
                documents = new[] { new { kind = "evaluation", title = "Utvärdering 2021", address = "https://mora.example/u" } },
            },
        })).Is(HttpStatusCode.Created);
        var shown = (await world.Anonymous.Get(made.Location!)).Is(HttpStatusCode.OK).Body;
        Assert.Equal(("active", "entered-by-hand", "Mora kommun"),
            (Text(shown, "status"), Text(shown, "provenance"), Text(shown.GetProperty("geography"), "name")));
        Assert.Equal(["challenge"], shown.GetProperty("missing").EnumerateArray().Select(one => one.GetString()));
        var municipality = shown.GetProperty("parties").EnumerateArray().Single(one => Text(one, "kind") == "public");
        Assert.Equal(("municipality", "2062", "Socialnämnden"),
            (Text(municipality, "body"), Text(municipality, "municipalityCode"), Text(municipality, "unitName")));
        Assert.Equal("250000.00", Text(shown.GetProperty("resources")[0], "amountPerYear"));
        var more = shown.GetProperty("additions");
        Assert.Equal(("compact", "registrator@mora.example"), (Text(more, "policyBasis"), Text(more, "responsibleMailbox")));
        Assert.Equal("Utvärdering 2021", Text(more.GetProperty("documents")[0], "title"));
        Assert.Empty(shown.GetProperty("agreements").EnumerateArray()); // none signed here
    }

    [Fact]
    public async Task An_officer_of_a_party_reports_its_own_and_nobody_elses()
    {
        var own = await world.Registered("Bollnäs kommun", "public", "2183");
        var body = Partnership("Nattvandring i Bollnäs", "Bollnäs kommun", "Föreningen Natt");
        var officer = world.As(Callers.Of(own.Id, Roles.Officer));
        var made = (await officer.Create(Entries, body)).Is(HttpStatusCode.Created);
        Assert.Equal("reported-by-one-side", Text(made.Body, "provenance"));
        var stranger = world.As(Callers.Of(Guid.NewGuid(), Roles.Officer));
        (await stranger.Create(Entries, body)).Refuses(HttpStatusCode.Forbidden, "entry.not-a-party");
        (await stranger.Put(made.Location!, made.Tag, body)).Refuses(HttpStatusCode.Forbidden, "entry.not-a-party");
        var changed = (await officer.Put(made.Location!, made.Tag, Partnership("Nattvandring", "Bollnäs kommun", "Natt"))).Is(
            HttpStatusCode.OK);
        Assert.Equal("Nattvandring", Text(changed.Body, "title"));
        Assert.Equal(2, changed.Body.GetProperty("parties").GetArrayLength());
        (await world.As(Callers.Of(own.Id, Roles.Reader)).Create(Entries, body))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
    }

    [Theory]
    [InlineData("responsibleMailbox", "anna.svensson@kommunen.example", "entry.mailbox-not-persons")]
    [InlineData("responsibleMailbox", "kajsa.berglund@kommunen.example", "entry.mailbox-not-persons")]
    [InlineData("responsibleMailbox", "lars@kommunen.example", "entry.mailbox-not-persons")]
    [InlineData("responsibleFunction", "Anna Svensson", "entry.function-not-person")]
    [InlineData("complements", "Ring 811218-9876.", "entry.names-a-person")]
    [InlineData("publicMandate", "Fråga erik@kommunen.example", "entry.names-a-person")]
    [InlineData("complements", "Fråga registrator@kommunen.example, inte andra", null)]
    [InlineData("responsibleMailbox", "kontakt.socialtjanst@kommunen.example", null)]
    [InlineData("responsibleMailbox", "kvinnojouren@example.org", null)]
    [InlineData("responsibleFunction", "Enheten för civilsamhälle", null)]
    public async Task A_function_may_be_named_in_public_and_a_person_may_not(string field, string said, string? refused)
    {
        var answer = await world.Operator.Create(Entries, Partnership("Öppet", "Mora kommun", "Natt",
            new Dictionary<string, object> { [field] = said }));
        if (refused is null) answer.Is(HttpStatusCode.Created);
        else Assert.Contains(refused, answer.Refuses(HttpStatusCode.BadRequest, "request.invalid").Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_follows_an_agreement_here_is_not_rewritten_but_may_be_completed()
    {
        var agreement = RegistryWorld.InForce("Följer avtalet");
        await world.Tell(agreement);
        var address = $"{Entries}/{await world.EntryOf(agreement)}";
        var tag = (await world.Anonymous.Get(address)).Tag;
        (await world.Operator.Put(address, tag, Partnership("Annat", "Mora kommun", "Natt")))
            .Refuses(HttpStatusCode.Conflict, "entry.follows-its-agreement");
        var done = (await world.Operator.Put($"{address}/additions", tag, new { tags = new[] { "school" } }))
            .Is(HttpStatusCode.OK);
        Assert.Equal("school", done.Body.GetProperty("additions").GetProperty("tags")[0].GetString());
    }

    [Fact]
    public async Task An_entry_that_continues_another_is_tied_to_it_and_never_in_a_ring()
    {
        var first = (await world.Operator.Create(Entries, Partnership("Jour 2014", "Mora kommun", "Jour"))).Is(
            HttpStatusCode.Created);
        var second = (await world.Operator.Create(Entries,
            Partnership("Jour 2017", "Mora kommun", "Jour", new { followsEntryId = first.Id })))
            .Is(HttpStatusCode.Created);
        Assert.Equal(1,
            await world.Scalar<long>("SELECT count(DISTINCT chain_id) FROM entry WHERE entry_id IN ($1, $2)", first.Id,
            second.Id));
        var shown = (await world.Anonymous.Get(first.Location!)).Body.GetProperty("links");
        Assert.Equal(("followed-by", second.Id), (Text(shown[0], "kind"), shown[0].GetProperty("id").GetGuid()));
        (await world.Operator.Put($"{first.Location}/additions", first.Tag, new { followsEntryId = second.Id }))
            .Refuses(HttpStatusCode.Conflict, "entry.follows-itself");
        (await world.Operator.Put($"{first.Location}/additions", first.Tag, new { grewOutOfEntryId = Guid.NewGuid() }))
            .Refuses(HttpStatusCode.Conflict, "entry.no-such-entry");
        (await world.Operator.Put($"{second.Location}/additions", second.Tag, new { })).Is(HttpStatusCode.OK);
        Assert.Equal(2,
            await world.Scalar<long>("SELECT count(DISTINCT chain_id) FROM entry WHERE entry_id IN ($1, $2)", first.Id,
            second.Id));
    }

    [Fact]
    public async Task Who_is_named_asks_for_a_correction_and_who_keeps_the_entry_answers()
    {
        var keeper = await world.Registered("Ljusdals kommun", "public", "2161");
        var made = (await world.As(Callers.Of(keeper.Id, Roles.Officer)).Create(Entries,
            Partnership("Jour i Ljusdal", "Ljusdals kommun", "Ljusdals jour"))).Is(HttpStatusCode.Created);
        var address = $"{made.Location}/corrections";
        var named = await world.Registered("Föreningen Ljusdals Jour"); // known by its name until now, and recognised
        var asking = world.As(Callers.Of(named.Id, Roles.Officer));
        var asked = (await asking.Create(address, new { field = "startsOn", words = "Vi började redan 2015." })).Is(
            HttpStatusCode.Created);
        (await world.As(Callers.Of(Guid.NewGuid(), Roles.Officer)).Create(address, new { field = "title", words = "Nej." }))
            .Refuses(HttpStatusCode.Forbidden, "correction.not-named-in-it");
        var stranger = (await world.As(Callers.Of(Guid.NewGuid(), Roles.Officer)).Get(address)).Is(HttpStatusCode.OK);
        Assert.Empty(stranger.Body.GetProperty("items").EnumerateArray());
        var answer = $"/registry/v1/corrections/{asked.Id}/answer";
        (await asking.Act(answer, asked.Tag, new { corrected = true, answer = "Ja" }))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        var own = world.As(Callers.Of(keeper.Id, Roles.Officer));
        Assert.Equal(1, (await own.Get("/registry/v1/own-entries")).Is(HttpStatusCode.OK).Body.GetProperty("items")[0]
            .GetProperty("correctionsWaiting").GetInt32());
        var done = (await own.Act(answer, asked.Tag, new { corrected = true, answer = "Rättat." })).Is(HttpStatusCode.OK);
        Assert.Equal("corrected", Text(done.Body, "outcome"));
        (await own.Act(answer, done.Tag, new { corrected = true, answer = "Igen." }))
            .Refuses(HttpStatusCode.Conflict, "correction.already-answered");
    }

    [Fact]
    public async Task A_public_body_declares_its_coverage_and_silence_is_not_none()
    {
        var body = await world.Registered("Härjedalens kommun", "public", "2361");
        var own = world.As(Callers.Of(body.Id, Roles.Officer));
        var before = (await world.Anonymous.Get("/registry/v1/coverage")).Body.GetProperty("levels")[0];
        (await world.Operator.Put($"{body.Location}/coverage", body.Tag, new { coverage = "complete" }))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        (await world.As(Callers.OfUnit(body.Id, Guid.NewGuid(), Roles.Officer))
            .Put($"{body.Location}/coverage", body.Tag, new { coverage = "complete" })).Is(HttpStatusCode.Forbidden);
        (await own.Put($"{body.Location}/coverage", body.Tag, new { coverage = "confirmed-none" })).Is(HttpStatusCode.OK);
        var after = (await world.Anonymous.Get("/registry/v1/coverage")).Body.GetProperty("levels")[0];
        Assert.Equal((290, 1, -1), (Number(after, "known"), Number(after, "confirmedNone"),
            Number(after, "neverAnswered") - Number(before, "neverAnswered")));
        var association = await world.Registered("Ingen kommun");
        (await world.As(Callers.Of(association.Id, Roles.Officer)).Put($"{association.Location}/coverage", association.Tag,
            new { coverage = "partly" })).Refuses(HttpStatusCode.Conflict, "coverage.no-public-body");
    }

    internal static object Partnership(string title, string municipality, string association, object? additions = null) => new
    {
        title, startsOn = "2024-01-01", openEnded = true, additions,
        parties = new object[] { new { name = municipality, kind = "public" }, new { name = association, kind = "idea-driven" } },
    };

    private static string? Text(JsonElement thing, string field) => thing.GetProperty(field).GetString();

    private static int Number(JsonElement thing, string field) => thing.GetProperty(field).GetInt32();
}

/// <summary>Time passes: an entry that nobody confirms is presumed, one whose day has come begins or ends.</summary>
public sealed class ConfirmationTests(RegistryWorld world) : IClassFixture<RegistryWorld>
{
    [Fact]
    public async Task What_nobody_confirms_for_a_year_is_presumed_until_somebody_does()
    {
        var made = (await world.Operator.Create("/registry/v1/entries",
            KeepingTests.Partnership("Tyst", "Mora kommun", "Tyst förening"))).Is(HttpStatusCode.Created);
        Task<string?> Status() => Shown(made.Location!);
        Assert.Equal("active", await Status());
        world.Clock.Advance(TimeSpan.FromDays(400));
        await Eventually.Holds("nobody has confirmed it", async () => await Status() == "presumed");
        var tag = (await world.Anonymous.Get(made.Location!)).Tag;
        (await world.Operator.Act($"{made.Location}/confirmation", tag)).Is(HttpStatusCode.OK);
        Assert.Equal("active", await Status());

        async Task<string?> Shown(string address) =>
            (await world.Anonymous.Get(address)).Body.GetProperty("status").GetString();
    }
}
