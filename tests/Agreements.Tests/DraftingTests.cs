using System.Net;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

[Collection(nameof(DrawnUp))]
public sealed class DraftingTests(AgreementsWorld world)
{
    private const string Partnerships = "/agreements/v1/partnerships";

    [Fact]
    public async Task The_same_request_in_parallel_and_again_creates_one_partnership()
    {
        var body = new { title = "En gång", challenge = "Samma begäran skickas om." };
        var officer = Callers.Of(world.Region, Roles.Officer);
        var key = Guid.NewGuid().ToString();
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.As(officer).Create(Partnerships, body, key)));
        Assert.Single(replies.Select(reply => reply.Is(HttpStatusCode.Created).Id).Distinct());
        Assert.Equal(replies[0].Id, (await world.As(officer).Create(Partnerships, body, key)).Is(HttpStatusCode.Created).Id);
        (await world.As(officer).Create(Partnerships, new { title = "En annan", challenge = "Samma nyckel." }, key))
            .Refuses(HttpStatusCode.Conflict, "idempotency.key-reused");
        Assert.Equal(1, await world.Scalar<long>("SELECT count(*) FROM partnership WHERE title = $1", "En gång"));
        Assert.Single(await world.Announced<PartyJoinedPartnership>(), said => said.PartnershipId == replies[0].Id);
        (await world.Officer.Send(HttpMethod.Post, Partnerships, body))
            .Refuses(HttpStatusCode.BadRequest, "idempotency.key-missing");
    }

    [Fact]
    public async Task Stale_and_missing_tags_are_refused_and_nothing_is_overwritten()
    {
        var of = await world.Written();
        var path = $"{of.Path}/sections/goals";
        (await world.Officer.Put(path, null, new { text = "Utan tagg" }))
            .Refuses(HttpStatusCode.PreconditionRequired, "request.version-missing");
        (await world.Officer.Put(path, "\"1\"", new { text = "Gammal tagg" }))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        (await world.Officer.Act($"{of.Path}/opening", null))
            .Refuses(HttpStatusCode.PreconditionRequired, "request.version-missing");
        (await world.Officer.Act($"{of.Path}/opening", "\"gammal\"")).Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        (await world.Lawyer.Act($"{of.Path}/assessment/approvals", "\"gammal\""))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        (await of.Answer("def-parties", "yes", null)).Refuses(HttpStatusCode.PreconditionRequired, "request.version-missing");
        (await of.Answer("def-parties", "yes", "\"7\"")).Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        Assert.Equal("Text om goals.", (await world.Officer.Get(path)).Body.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Two_who_write_the_same_section_at_once_do_not_overwrite_each_other()
    {
        var of = await world.Written();
        var path = $"{of.Path}/sections/goals";
        var tag = (await world.Officer.Get(path)).Tag;
        var replies = await Task.WhenAll(Enumerable.Range(0, 6)
            .Select(writer => world.Officer.Put(path, tag, new { text = $"Skribent {writer}" })));
        Assert.Single(replies, reply => reply.Status == HttpStatusCode.OK);
        Assert.All(replies.Where(reply => reply.Status != HttpStatusCode.OK), reply =>
            reply.Refuses(HttpStatusCode.PreconditionFailed, "request.stale"));
    }

    [Fact]
    public async Task Many_write_different_sections_at_once()
    {
        var of = await world.Written();
        var replies =
            await Task.WhenAll(AgreementsWorld.RequiredSections.Select(key =>
            of.Write(world.AssociationOfficer, key, $"Nytt om {key}.")));
        Assert.All(replies, reply => reply.Is(HttpStatusCode.OK));
        var texts = (await of.Shown()).Body.GetProperty("sections").EnumerateArray()
            .Where(section => section.GetProperty("required").GetBoolean());
        Assert.All(texts, section =>
            Assert.StartsWith("Nytt om ", section.GetProperty("text").GetString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"title":"x"}""")]
    [InlineData("""{"title":"x","challenge":"y","unknown":1}""")]
    [InlineData("""{"title":7,"challenge":"y"}""")]
    [InlineData("""{"title":"x","challenge":null}""")]
    [InlineData("""{"title":"x","challenge":"y","requiredSignatures":3}""")]
    [InlineData("""{"title":"","challenge":"y"}""")]
    [InlineData("""{"title":"x\u0007","challenge":"y"}""")]
    [InlineData("""[]""")]
    [InlineData("""{""")]
    public async Task Malformed_partnerships_are_refused_and_nothing_is_stored(string body)
    {
        var before = await world.Scalar<long>("SELECT count(*) FROM partnership");
        var reply = await Raw(HttpMethod.Post, Partnerships, body);
        reply.Is(HttpStatusCode.BadRequest);
        Assert.Contains(reply.Code, new[] { "request.malformed", "request.invalid" });
        Assert.Equal("application/problem+json", reply.Message.Content.Headers.ContentType?.MediaType);
        Assert.Equal(before, await world.Scalar<long>("SELECT count(*) FROM partnership"));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        var partners = await world.Partners();
        var reply = (await world.Officer.Create($"{Partnerships}/{partners.Id}/agreements", new
        {
            title = new string('x', 201), startsOn = "2026-04-01", endsOn = "2026-03-01", autoRenews = false, noticeMonths = 61,
                area = "space", municipalityCode = "68",
        })).Refuses(HttpStatusCode.BadRequest, "request.invalid");
        var fields = reply.Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString());
        Assert.Equal(["area", "endsOn", "municipalityCode", "noticeMonths", "title"], fields.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("12.345")]
    [InlineData("-1.00")]
    [InlineData("10000000001.00")]
    [InlineData("1e5")]
    [InlineData("mycket")]
    public async Task Amounts_are_decimal_kronor_within_reason(string amount)
    {
        var of = await world.Written();
        (await world.Officer.Create($"{of.Path}/contributions",
            new { partyId = of.Partners.RegionParty, kind = "money", description = "x", kronorPerYear = amount }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task Contributions_are_corrected_and_removed_until_the_text_is_fixed()
    {
        var of = await world.Written();
        var offered =
            (await world.Officer.Create($"{of.Path}/contributions",
            new { partyId = of.Partners.RegionParty, kind = "premises", description = "Lokal" })).Is(HttpStatusCode.Created);
        var path = $"{of.Path}/contributions/{offered.Id}";
        Assert.EndsWith(path, offered.Location, StringComparison.Ordinal);
        (await world.Officer.Put(path, "\"9\"", new { kind = "premises", description = "Lokal" }))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        (await world.Officer.Put(path, offered.Tag, new { kind = "premises", description = "Lokal", hoursPerYear = 5 }))
            .Refuses(HttpStatusCode.Conflict, "contribution.hours-only-for-work");
        var changed =
            (await world.Officer.Put(path, offered.Tag,
            new { kind = "premises", description = "Större lokal", kronorPerYear = "120000.00" })).Is(HttpStatusCode.OK);
        Assert.Equal("120000.00", changed.Body.GetProperty("kronorPerYear").GetString());
        (await world.Officer.Delete(path, changed.Tag)).Is(HttpStatusCode.OK);
        (await world.Officer.Get(path)).Is(HttpStatusCode.NotFound);
        (await world.Officer.Create($"{of.Path}/contributions",
            new { partyId = Guid.NewGuid(), kind = "premises", description = "Lokal" }))
            .Refuses(HttpStatusCode.Conflict, "agreement.unknown-party");
    }

    [Fact]
    public async Task A_party_comes_in_once_and_not_both_as_a_whole_and_as_a_unit()
    {
        var partners = await world.Partners();
        var (city, unit) = (Guid.NewGuid(), Guid.NewGuid());
        await world.Known(city, "Göteborgs stad", "public", 1, (unit, "Socialförvaltningen Sydväst"));
        var path = $"{Partnerships}/{partners.Id}/parties";
        var joined = (await world.Officer.Create(path, new { organisationId = city, unitId = unit, requiredSignatures = 1 }))
            .Is(HttpStatusCode.Created);
        Assert.Equal("Göteborgs stad, Socialförvaltningen Sydväst", joined.Body.GetProperty("name").GetString());
        (await world.Officer.Create(path, new { organisationId = city, unitId = unit, requiredSignatures = 1 }))
            .Refuses(HttpStatusCode.Conflict, "partnership.already-a-party");
        (await world.Officer.Create(path, new { organisationId = city, requiredSignatures = 1 }))
            .Refuses(HttpStatusCode.Conflict, "partnership.whole-and-unit");
        (await world.Officer.Create(path, new { organisationId = Guid.NewGuid(), requiredSignatures = 1 }))
            .Refuses(HttpStatusCode.Conflict, "partnership.unknown-organisation");
        (await world.As(Callers.OfUnit(city, unit, Roles.Reader)).Get($"{Partnerships}/{partners.Id}")).Is(HttpStatusCode.OK);
        (await world.As(Callers.OfUnit(city, Guid.NewGuid(), Roles.Reader)).Get($"{Partnerships}/{partners.Id}"))
            .Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Roles_are_asked_for()
    {
        var of = await world.Written();
        var reader = world.As(Callers.Of(world.Region, Roles.Reader));
        (await reader.Create(Partnerships, new { title = "x", challenge = "y" }))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        (await reader.Put($"{of.Path}/sections/goals", "\"2\"", new { text = "x" }))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        (await reader.Act($"{of.Path}/opening", (await of.Shown()).Tag))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        (await world.Officer.Act($"{of.Path}/assessment/approvals", "\"x\""))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
    }

    [Fact]
    public async Task Copies_follow_their_owners_and_ignore_old_news()
    {
        var (organisation, unit) = (Guid.NewGuid(), Guid.NewGuid());
        await world.Known(organisation, "Nytt namn", "public", 3, (unit, "Enheten"));
        await world.Known(organisation, "Gammalt namn", "private", 2);
        Assert.Equal("Nytt namn",
            await world.Scalar<string>("SELECT name FROM organisation WHERE organisation_id = $1", organisation));
        await world.Known(organisation, "Nyaste namn", "public", 4, (unit, "Enheten, omdöpt"));
        Assert.Equal("Enheten, omdöpt",
            await world.Scalar<string>("SELECT name FROM organisation_unit WHERE unit_id = $1", unit));
        Assert.Equal("Nyaste namn",
            await world.Scalar<string>("SELECT name FROM organisation WHERE organisation_id = $1", organisation));
    }

    [Fact]
    public async Task English_readers_read_english()
    {
        var of = await world.Written();
        var shown = (await world.As(Callers.Of(world.Region, Roles.Officer), "en").Get($"{of.Path}/assessment"))
            .Is(HttpStatusCode.OK).Body;
        Assert.Equal("Is at least one public and at least one idea-driven organisation a party?",
            shown.GetProperty("questions")[0]
            .GetProperty("text").GetString());
        Assert.Equal("The assessment is not complete.", shown.GetProperty("outcome").GetProperty("why").GetString());
    }

    private async Task<Reply> Raw(HttpMethod method, string path, string json)
    {
        using var body = System.Text.Json.JsonDocument.Parse(json is "{" ? "\"{\"" : json);
        return await world.Officer.Send(method, path, body.RootElement, ("Idempotency-Key", Guid.NewGuid().ToString()));
    }
}
