using System.Net;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Platform.Tests;

public sealed class AnswerTests(TrialWorld world) : IClassFixture<TrialWorld>
{
    [Fact]
    public async Task The_first_reason_in_the_settled_order_is_the_answer()
    {
        var officer = TrialWorld.Officer();
        var reader = Callers.Of(officer.Organisation, Roles.Reader);
        var note = await world.Written(officer);
        var (address, tooLong, no) = (note.Location!, new { text = new string('x', 101) }, new { text = "nej" });

        (await world.Anonymous.Put(address, tag: null, tooLong)).Refuses(HttpStatusCode.Unauthorized, "request.unauthenticated");
        (await world.As(TrialWorld.Officer()).Put(address, tag: null, tooLong))
            .Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await world.As(reader).Put(address, tag: null, tooLong)).Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        (await world.As(officer).Put(address, tag: null, tooLong))
            .Refuses(HttpStatusCode.PreconditionRequired, "request.version-missing");
        (await world.As(officer).Put(address, "\"7\"", tooLong)).Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        (await world.As(officer).Put(address, note.Tag, tooLong)).Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await world.As(officer).Put(address, note.Tag, no)).Refuses(HttpStatusCode.Conflict, "note.forbidden-word");
        var changed = (await world.As(officer).Put(address, note.Tag, new { text = "ja" })).Is(HttpStatusCode.OK);
        Assert.Equal("\"2\"", changed.Tag);
        Assert.Equal("ja", (await world.As(officer).Get(address)).Body.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Of_two_who_change_the_same_version_one_is_told_that_the_other_was_faster()
    {
        var officer = TrialWorld.Officer();
        var note = await world.Written(officer);
        var replies = await Task.WhenAll(Enumerable.Range(0, 6)
            .Select(number => world.As(officer).Put(note.Location!, note.Tag, new { text = $"nr {number}" })));
        Assert.Single(replies, reply => reply.Status is HttpStatusCode.OK);
        Assert.All(replies.Where(reply => reply.Status is not HttpStatusCode.OK), reply =>
            reply.Refuses(HttpStatusCode.PreconditionFailed, "request.stale"));
    }

    [Theory]
    [InlineData("{", "request.malformed")]
    [InlineData("[]", "request.malformed")]
    [InlineData("{\"text\":1}", "request.malformed")]
    [InlineData("{\"text\":null}", "request.malformed")]
    [InlineData("{}", "request.malformed")]
    [InlineData("{\"text\":\"a\",\"extra\":true}", "request.malformed")]
    [InlineData("{\"text\":\"\\u0000\"}", "request.invalid")]
    public async Task A_body_that_is_wrong_is_refused_with_a_stable_type(string body, string code)
    {
        var officer = TrialWorld.Officer();
        var note = await world.Written(officer);
        using var request = new HttpRequestMessage(HttpMethod.Put,
            note.Location) { Content = new StringContent(body, null, "application/json") };
        var reply = (await world.As(officer).Send(request, ("If-Match", note.Tag))).Refuses(HttpStatusCode.BadRequest, code);
        Assert.Equal($"/problems/{code}", reply.Body.GetProperty("type").GetString());
        Assert.Equal("application/problem+json", reply.Message.Content.Headers.ContentType?.MediaType);
        Assert.Equal("hej", (await world.As(officer).Get(note.Location!)).Body.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_refusal_is_a_sentence_in_the_readers_language()
    {
        var officer = TrialWorld.Officer();
        var body = new { partnershipId = Guid.NewGuid(), text = "nej" };
        var swedish = await world.As(officer).Create("/trial/v1/notes", body);
        Assert.Equal("Ordet nej får inte stå här.", swedish.Body.GetProperty("detail").GetString());
        var english = await world.As(officer, "en").Create("/trial/v1/notes", body);
        Assert.Equal("The word nej may not stand here.", english.Body.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_token_of_yesterday_or_from_elsewhere_is_no_token()
    {
        using var elsewhere = new TestTokens(world.Clock);
        var forged = new CallerClient(world.NewClient(), () => elsewhere.For(TrialWorld.Officer()));
        (await forged.Get("/trial/v1/notes")).Refuses(HttpStatusCode.Unauthorized, "request.unauthenticated");
        var old = world.As(TrialWorld.Officer()).Hold();
        (await old.Get("/trial/v1/notes")).Is(HttpStatusCode.OK);
        world.Clock.Advance(TimeSpan.FromMinutes(6));
        (await old.Get("/trial/v1/notes")).Refuses(HttpStatusCode.Unauthorized, "request.unauthenticated");
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        var officer = TrialWorld.Officer();
        var note = await world.Written(officer);
        var again = await world.As(officer).Send(HttpMethod.Get, note.Location!, null, ("If-None-Match", note.Tag));
        Assert.Equal(HttpStatusCode.NotModified, again.Status);
        Assert.Empty(again.Text);
    }
}
