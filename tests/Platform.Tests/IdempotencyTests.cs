using System.Net;
using Iop.TestKit;

namespace Iop.Platform.Tests;

public sealed class IdempotencyTests(TrialWorld world) : IClassFixture<TrialWorld>
{
    [Fact]
    public async Task The_same_request_again_gets_the_first_answer_and_makes_nothing()
    {
        var officer = TrialWorld.Officer();
        var body = new { partnershipId = Guid.NewGuid(), text = "en gång" };
        var first = (await world.As(officer).Create("/trial/v1/notes", body, "k1")).Is(HttpStatusCode.Created);
        var again = (await world.As(officer).Create("/trial/v1/notes", body, "k1")).Is(HttpStatusCode.Created);
        Assert.Equal((first.Location, first.Tag, first.Id), (again.Location, again.Tag, again.Id));
        Assert.True(again.Message.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(1, await NotesIn(body.partnershipId));
    }

    [Fact]
    public async Task Many_at_the_same_time_make_one_thing()
    {
        var officer = TrialWorld.Officer();
        var body = new { partnershipId = Guid.NewGuid(), text = "samtidigt" };
        var replies = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(_ => world.As(officer).Create("/trial/v1/notes", body, "k2")));
        Assert.Single(replies.Select(reply => reply.Is(HttpStatusCode.Created).Id).Distinct());
        Assert.Equal(1, await NotesIn(body.partnershipId));
    }

    [Fact]
    public async Task Another_replica_knows_the_key_too()
    {
        var officer = TrialWorld.Officer();
        var body = new { partnershipId = Guid.NewGuid(), text = "replik" };
        var first = await world.As(officer).Create("/trial/v1/notes", body, "k3");
        using var other = world.AnotherReplica();
        var again = (await world.As(officer).Through(other).Create("/trial/v1/notes", body, "k3")).Is(HttpStatusCode.Created);
        Assert.Equal(first.Id, again.Id);
    }

    [Fact]
    public async Task The_same_key_for_something_else_is_refused_and_names_what_exists()
    {
        var officer = TrialWorld.Officer();
        var first = await world.As(officer).Create("/trial/v1/notes", new { partnershipId = Guid.NewGuid(), text = "a" }, "k4");
        var other = (await world.As(officer).Create("/trial/v1/notes", new { partnershipId = Guid.NewGuid(), text = "b" }, "k4"))
            .Refuses(HttpStatusCode.Conflict, "idempotency.key-reused");
        Assert.Equal(first.Id.ToString(), other.Body.GetProperty("existingId").GetString());
    }

    [Fact]
    public async Task What_was_answered_cannot_be_read_where_it_is_kept()
    {
        var note = new { partnershipId = Guid.NewGuid(), text = "visas bara en gång" };
        (await world.As(TrialWorld.Officer()).Create("/trial/v1/notes", note, "k-secret")).Is(HttpStatusCode.Created);
        var kept = await world.Scalar<string>("SELECT answer #>> ARRAY[]::text[] FROM idempotency WHERE key = 'k-secret'");
        var bytes = Convert.FromBase64String(kept);
        Assert.DoesNotContain(note.partnershipId.ToString(), System.Text.Encoding.Latin1.GetString(bytes),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_from_before_they_were_encrypted_is_given_again_too()
    {
        var (officer, note) = (TrialWorld.Officer(), new { partnershipId = Guid.NewGuid(), text = "före" });
        var first = (await world.As(officer).Create("/trial/v1/notes", note, "k-plain")).Is(HttpStatusCode.Created);
        await using (var plain = new Npgsql.NpgsqlConnection(world.Database.ConnectionString))
        {
            await plain.OpenAsync();
            await using var put = new Npgsql.NpgsqlCommand(
                "UPDATE idempotency SET answer = $1::jsonb WHERE key = 'k-plain'", plain);
            put.Parameters.Add(new Npgsql.NpgsqlParameter
            {
                Value = System.Text.Json.JsonSerializer.Serialize(new
                {
                    status = 201, location = first.Location, tag = "1", body = first.Body, refusalCode = (string?)null,
                    arguments = (object?)null,
                }),
            });
            Assert.Equal(1, await put.ExecuteNonQueryAsync());
        }
        var again = (await world.As(officer).Create("/trial/v1/notes", note, "k-plain")).Is(HttpStatusCode.Created);
        Assert.Equal((first.Location, first.Id), (again.Location, again.Id));
        (await world.As(officer).Create("/trial/v1/notes", new { note.partnershipId, text = "annat" }, "k-plain"))
            .Refuses(HttpStatusCode.Conflict, "idempotency.key-reused");
    }

    [Fact]
    public async Task A_key_belongs_to_its_caller()
    {
        var (one, other) = (TrialWorld.Officer(), TrialWorld.Officer());
        var first = await world.As(one).Create("/trial/v1/notes", new { partnershipId = Guid.NewGuid(), text = "a" }, "k5");
        var second = (await world.As(other).Create("/trial/v1/notes", new { partnershipId = Guid.NewGuid(), text = "a" }, "k5"))
            .Is(HttpStatusCode.Created);
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public async Task A_rules_refusal_is_an_answer_too_and_a_missing_key_is_refused()
    {
        var officer = TrialWorld.Officer();
        var body = new { partnershipId = Guid.NewGuid(), text = "nej" };
        (await world.As(officer).Create("/trial/v1/notes", body, "k6")).Refuses(HttpStatusCode.Conflict, "note.forbidden-word");
        (await world.As(officer).Create("/trial/v1/notes", body, "k6")).Refuses(HttpStatusCode.Conflict, "note.forbidden-word");
        (await world.As(officer).Act("/trial/v1/notes", tag: null, body))
            .Refuses(HttpStatusCode.BadRequest, "idempotency.key-missing");
        (await world.As(officer).Create("/trial/v1/notes", body, new string('k', 101)))
            .Refuses(HttpStatusCode.BadRequest, "idempotency.key-malformed");
        Assert.Equal(0, await NotesIn(body.partnershipId));
    }

    private Task<long> NotesIn(Guid partnership) =>
        world.Scalar<long>("SELECT count(*) FROM note WHERE partnership_id = $1", partnership);
}
