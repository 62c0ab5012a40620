using System.Net;
using System.Text.Json;
using Iop.Contracts.Agreements;
using Iop.Contracts.FollowUp;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.FollowUp.Tests;

/// <summary>What turns out otherwise than planned: raised by any party, seen by all, decided once.</summary>
[Collection("follow-up")]
public sealed class DeviationTests(FollowUpWorld world)
{
    private const string Service = "/follow-up/v1";
    private static readonly object Fewer = new
    {
        title = "Färre barn än väntat", whatHappened = "Sex barn kom. Vi hade planerat för tjugo.", happenedOn = "2026-02-20",
    };

    private CallerClient Association => world.As(Callers.Of(world.Association, Roles.Reporter));

    [Fact]
    public async Task One_party_raises_it_another_adds_what_was_learnt_and_it_is_decided_once()
    {
        var plan = await world.OpenPlan();
        var raised = (await Association.Create($"{Service}/plans/{plan}/deviations", Fewer)).Is(HttpStatusCode.Created);
        Assert.Equal("raised", Word(raised, "state"));
        var path = $"{Service}/deviations/{raised.Id}";
        var seen = (await world.As(world.Officer).Get(path)).Is(HttpStatusCode.OK);
        Assert.Equal((raised.Tag, "Vårsol", false),
            (seen.Tag, Word(seen, "agreementTitle"), seen.Body.GetProperty("mine").GetBoolean()));
        var learnt = (await world.As(world.Officer).Act($"{path}/lessons", seen.Tag, new { text = "Vi började för sent." }))
            .Is(HttpStatusCode.OK);
        Assert.Equal("Vi började för sent.", learnt.Body.GetProperty("lessons")[0].GetProperty("text").GetString());
        (await world.As(world.Officer).Act($"{path}/decision", seen.Tag, Decision("keep")))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        (await world.As(world.Officer).Act($"{path}/decision", null!, Decision("keep")))
            .Refuses(HttpStatusCode.PreconditionRequired, "request.version-missing");
        var signatory = world.As(Callers.Of(world.Association, Roles.Signatory));
        var decided = (await signatory.Act($"{path}/decision", learnt.Tag, Decision("adjust-plan"))).Is(HttpStatusCode.OK);
        Assert.Equal(("decided", "adjust-plan", "Två grupper räcker."),
            (Word(decided, "state"), Word(decided, "outcome"), Word(decided, "reason")));
        (await world.As(world.Officer).Act($"{path}/decision", decided.Tag, Decision("keep")))
            .Refuses(HttpStatusCode.Conflict, "deviation.already-decided");
        var told = Assert.Single(await world.Announced<DeviationDecided>(), one => one.DeviationId == raised.Id);
        Assert.Equal(("adjust-plan", world.Association), (told.Decision, told.OrganisationId));
        Assert.Single(await world.Announced<DeviationRaised>(), one => one.DeviationId == raised.Id);
        Assert.Equal(1, await world.Scalar<long>(
            "SELECT count(*) FROM audit_trail WHERE operation = 'DecideDeviation' AND changes::text LIKE '%deviation%' AND person_id = $1",
            decided.Body.GetProperty("closed").GetProperty("personId").GetGuid()));
    }

    [Fact]
    public async Task It_shows_in_an_indicator_of_the_same_plan_only()
    {
        var (plan, other) = (await world.OpenPlan(), await world.OpenPlan());
        var indicator = (await world.As(world.Officer).Create($"{Service}/plans/{plan}/indicators",
            new { name = "Barn", unit = "barn", ratio = false, every = "year" })).Is(HttpStatusCode.Created).Id;
        var raised = (await Association.Create($"{Service}/plans/{plan}/deviations", Of(indicator))).Is(HttpStatusCode.Created);
        Assert.Equal("Barn", Word(raised, "indicatorName"));
        (await Association.Create($"{Service}/plans/{other}/deviations", Of(indicator)))
            .Refuses(HttpStatusCode.Conflict, "deviation.unknown-indicator");

        static object Of(Guid indicator) => new
        {
             title = "x", whatHappened = "y", happenedOn = "2026-02-20", indicatorId = indicator,
        };
    }

    [Fact]
    public async Task A_mistaken_one_is_withdrawn_by_who_raised_it_and_stays_to_be_read()
    {
        var plan = await world.OpenPlan();
        var raised = (await Association.Create($"{Service}/plans/{plan}/deviations", Fewer)).Is(HttpStatusCode.Created);
        var path = $"{Service}/deviations/{raised.Id}/withdrawal";
        (await world.As(world.Officer).Act(path, raised.Tag, new { reason = "Fel" }))
            .Refuses(HttpStatusCode.Forbidden, "deviation.raised-by-another");
        (await Association.Act(path, raised.Tag, new { reason = "Räknat fel." })).Is(HttpStatusCode.OK);
        Assert.Single(await world.Announced<DeviationWithdrawn>(), one => one.DeviationId == raised.Id);
        Assert.Equal("withdrawn", Word(await world.As(world.Officer).Get($"{Service}/deviations/{raised.Id}"), "state"));
        var (waiting, all) = (await List(plan, "?state=raised"), await List(plan, ""));
        Assert.Equal((0, 1), (waiting.Count, all.Count));
    }

    [Fact]
    public async Task When_the_agreement_has_ended_nothing_is_raised_or_decided_and_nobody_is_told()
    {
        var agreement = world.InForce();
        await world.Tell(agreement);
        var plan = await world.Plan(agreement);
        var first = (await Association.Create($"{Service}/plans/{plan}/deviations", Fewer)).Is(HttpStatusCode.Created);
        await world.Tell(new AgreementEnded
        {
            AgreementId = agreement.AgreementId, Sequence = 9, PartnershipId = agreement.PartnershipId, Title = "Vårsol",
            EndedOn = new DateOnly(2026, 3, 1), How = "ended",
        });
        (await Association.Create($"{Service}/plans/{plan}/deviations", Fewer))
            .Refuses(HttpStatusCode.Conflict, "deviation.agreement-has-ended");
        (await world.As(world.Officer).Act($"{Service}/deviations/{first.Id}/decision", first.Tag, Decision("keep")))
            .Refuses(HttpStatusCode.Conflict, "deviation.agreement-has-ended");
        (await Association.Act($"{Service}/deviations/{first.Id}/withdrawal", first.Tag, new { reason = "Fel" }))
            .Is(HttpStatusCode.OK);
        Assert.DoesNotContain(await world.Announced<DeviationWithdrawn>(), one => one.DeviationId == first.Id);
        Assert.DoesNotContain(await world.Announced<DeviationDecided>(), one => one.DeviationId == first.Id);
    }

    [Theory]
    [InlineData("""{"title":"","whatHappened":"y","happenedOn":"2026-02-20"}""", "title field.required")]
    [InlineData("""{"title":"x","whatHappened":"y"}""", "happenedOn field.required")]
    [InlineData("""{"title":"x","whatHappened":"20120304-1234 uteblev","happenedOn":"2026-02-20"}""", "whatHappened field.personal-data")]
    [InlineData("""{"title":"a@b.se","whatHappened":" ","happenedOn":null}""",
        "whatHappened field.required, title field.personal-data, happenedOn field.required")]
    public async Task What_makes_no_sense_is_refused_field_by_field_and_nothing_is_stored(string json, string wrong)
    {
        var plan = await world.OpenPlan();
        var reply = (await Association
            .Create($"{Service}/plans/{plan}/deviations", JsonSerializer.Deserialize<JsonElement>(json)))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        Assert.Equal(wrong, string.Join(", ", reply.Body.GetProperty("errors").EnumerateArray().Select(error =>
            $"{error.GetProperty("field").GetString()} {error.GetProperty("code").GetString()}")));
        Assert.Equal(0, await world.Scalar<long>("SELECT count(*) FROM deviation WHERE plan_id = $1", plan));
    }

    [Fact]
    public async Task What_has_not_happened_yet_is_no_deviation()
    {
        var plan = await world.OpenPlan();
        (await Association.Create($"{Service}/plans/{plan}/deviations",
            new { title = "x", whatHappened = "y", happenedOn = "2026-03-03" }))
            .Refuses(HttpStatusCode.BadRequest, "deviation.not-yet-happened");
        var raised = (await Association.Create($"{Service}/plans/{plan}/deviations", Fewer)).Is(HttpStatusCode.Created);
        (await world.As(world.Officer).Act($"{Service}/deviations/{raised.Id}/decision", raised.Tag,
            new { decision = "punish", reason = "ja" })).Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await world.As(world.Officer).Act($"{Service}/deviations/{raised.Id}/lessons", raised.Tag,
            new { text = "Ring 070-123 45 67" })).Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await Association.Act($"{Service}/deviations/{raised.Id}/withdrawal", raised.Tag, new { reason = "" }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await Association.Act($"{Service}/deviations/{raised.Id}/decision", raised.Tag, Decision("keep")))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
    }

    [Fact]
    public async Task The_list_is_read_page_by_page_newest_first()
    {
        var plan = await world.OpenPlan();
        var ids = new List<Guid>();
        for (var number = 0; number < 3; number++)
        {
            world.Clock.Advance(TimeSpan.FromMilliseconds(5)); // ids are in the order of their time
            ids.Add((await Association.Create($"{Service}/plans/{plan}/deviations", Fewer)).Is(HttpStatusCode.Created).Id);
        }
        ids.Reverse();
        var first = (await Association.Get($"{Service}/plans/{plan}/deviations?limit=2")).Is(HttpStatusCode.OK);
        Assert.Equal(ids[..2], Ids(first));
        Assert.Equal(ids[2..], Ids(await Association.Get($"{Service}/plans/{plan}/deviations?limit=2&page=2")));
        (await Association.Get($"{Service}/plans/{plan}/deviations?state=open"))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task A_stranger_finds_none_and_the_database_lets_nobody_speak_for_another()
    {
        var plan = await world.OpenPlan();
        var raised = (await Association.Create($"{Service}/plans/{plan}/deviations", Fewer)).Is(HttpStatusCode.Created);
        var stranger = world.As(world.Stranger);
        (await stranger.Get($"{Service}/deviations/{raised.Id}")).Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await stranger.Get($"{Service}/plans/{plan}/deviations")).Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await stranger.Create($"{Service}/plans/{plan}/deviations", Fewer))
            .Refuses(HttpStatusCode.NotFound, "request.not-found");
        var officer = world.Officer;
        const string decide = """
            UPDATE deviation SET state = 'Decided', outcome = 'Keep', reason = 'x', closed_by_person = $2, closed_by_organisation = $3,
              closed_at = now(), version = version + 1 WHERE deviation_id = $1
            """;
        Assert.Equal("42501", await world.AsApplication(officer, decide, raised.Id, officer.Person, world.Association));
        Assert.Equal("no rows", await world.AsApplication(world.Stranger, decide, raised.Id, world.Stranger.Person,
            world.Stranger.Organisation));
        Assert.Null(await world.AsApplication(officer, decide, raised.Id, officer.Person, officer.Organisation));
        Assert.Equal("no rows", await world.AsApplication(officer, decide, raised.Id, officer.Person, officer.Organisation));
        Assert.Equal("42501", await world.AsApplication(officer, "DELETE FROM deviation WHERE deviation_id = $1", raised.Id));
    }

    private static object Decision(string what) => new { decision = what, reason = "Två grupper räcker." };

    private async Task<List<Guid>> List(Guid plan, string query) =>
        Ids(await world.As(world.Officer).Get($"{Service}/plans/{plan}/deviations{query}"));

    private static List<Guid> Ids(Reply reply) =>
        [.. reply.Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()
            .Select(one => one.GetProperty("id").GetGuid())];

    private static string? Word(Reply reply, string name) => reply.Body.GetProperty(name).GetString();
}
