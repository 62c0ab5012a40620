using System.Net;
using System.Text.Json;
using Iop.Contracts.Agreements;
using Iop.Contracts.FollowUp;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.FollowUp.Tests;

/// <summary>The parties meet: called, moved, called off; minutes, decisions and what each is to do; reminded the day
/// before.</summary>
public sealed class MeetingTests(FollowUpWorld world) : IClassFixture<FollowUpWorld>
{
    private const string Service = "/follow-up/v1";

    private CallerClient Officer => world.As(world.Officer);

    private CallerClient Association => world.As(Callers.Of(world.Association, Roles.Officer));

    internal static object Called(string day, string time = "14:00") => new
    {
        topic = "Vårens uppföljning", agenda = "1. Läget\n2. Lokalen", heldOn = day, startsAt = time, place = "Rådhuset",
        link = "https://mote.example/1",
    };

    internal static object Moved(string day, string time = "15:00") =>
        new { heldOn = day, startsAt = time, place = "Rådhuset", reason = "Två är sjuka." };

    [Fact]
    public async Task A_meeting_is_called_held_and_its_minutes_corrected()
    {
        var meeting = await Call(1);
        Assert.Equal(("called", "14:00", "Vårsol"),
            (Word(meeting, "state"), Word(meeting, "startsAt"), Word(meeting, "agreementTitle")));
        Assert.Equal(2, meeting.Body.GetProperty("parties").GetArrayLength());
        var path = $"{Service}/meetings/{meeting.Id}";
        (await Association.Act($"{path}/minutes", meeting.Tag, Minutes("Vi sågs.")))
            .Refuses(HttpStatusCode.Conflict, "meeting.not-yet-held");
        world.Clock.Advance(TimeSpan.FromDays(2));
        (await Association.Act($"{path}/actions", meeting.Tag, Action(world.Region, 3)))
            .Refuses(HttpStatusCode.Conflict, "meeting.no-minutes");
        Assert.False(meeting.Body.GetProperty("hasBegun").GetBoolean());
        Assert.True((await Officer.Get(path)).Body.GetProperty("hasBegun").GetBoolean());
        var held = (await Association.Act($"{path}/minutes", meeting.Tag, Minutes("Vi sågs."))).Is(HttpStatusCode.OK);
        (await Officer.Act($"{path}/minutes", meeting.Tag, Minutes("Nej.")))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        (await Officer.Act($"{path}/minutes", held.Tag, Minutes("Vi sågs.")))
            .Refuses(HttpStatusCode.Conflict, "meeting.nothing-changed");
        var corrected = (await Officer.Act($"{path}/minutes", held.Tag, Minutes("Vi sågs alla."))).Is(HttpStatusCode.OK);
        Assert.Equal("Vi sågs alla.", corrected.Body.GetProperty("minutes").GetProperty("text").GetString());
        Assert.Equal("Vi sågs.", corrected.Body.GetProperty("earlierMinutes")[0].GetProperty("text").GetString());
        Assert.Equal("Fler grupper", corrected.Body.GetProperty("minutes").GetProperty("decisions")[0].GetString());
        (await Officer.Act($"{path}/move", corrected.Tag, Moved(Day(5))))
            .Refuses(HttpStatusCode.Conflict, "meeting.already-held");
        (await Officer.Act($"{path}/cancellation", corrected.Tag, new { reason = "x" }))
            .Refuses(HttpStatusCode.Conflict, "meeting.already-held");
    }

    [Fact]
    public async Task What_is_to_be_done_is_done_by_the_party_that_answers_for_it()
    {
        var (path, meeting) = await Held();
        (await Officer.Act($"{path}/actions", meeting.Tag, Action(Guid.NewGuid(), 9)))
            .Refuses(HttpStatusCode.Conflict, "meeting.not-a-party");
        (await Officer.Act($"{path}/actions", meeting.Tag, Action(world.Association, -1)))
            .Refuses(HttpStatusCode.BadRequest, "meeting.action-due-in-the-past");
        var asked = (await Officer.Act($"{path}/actions", meeting.Tag, Action(world.Association, 9))).Is(HttpStatusCode.OK);
        var action = asked.Body.GetProperty("actions")[0].GetProperty("id").GetGuid();
        var plan = asked.Body.GetProperty("planId").GetGuid();
        Assert.Single(await Open(plan));
        (await Officer.Act($"{path}/actions/{action}/done", asked.Tag))
            .Refuses(HttpStatusCode.Forbidden, "meeting.anothers-action");
        (await Association.Act($"{path}/actions/{Guid.NewGuid()}/done", asked.Tag))
            .Refuses(HttpStatusCode.NotFound, "request.not-found");
        var done = (await Association.Act($"{path}/actions/{action}/done", asked.Tag)).Is(HttpStatusCode.OK);
        (await Association.Act($"{path}/actions/{action}/done", done.Tag))
            .Refuses(HttpStatusCode.Conflict, "meeting.action-done");
        Assert.Empty(await Open(plan));
        var told = Assert.Single(await world.Announced<MeetingActionDue>(), one => one.ActionId == action);
        Assert.Equal(("done", 2L), (told.Stage, told.Sequence));
        world.Clock.Advance(TimeSpan.FromDays(9)); // the timer of what is done says nothing more
        await Eventually.Holds("the timer has rung", async () => await Rung(action, "meeting-action-due"));
        Assert.Single(await world.Announced<MeetingActionDue>(), one => one.ActionId == action);
    }

    [Fact]
    public async Task The_party_that_answers_is_reminded_the_day_before_and_at_once_where_that_has_come()
    {
        var (path, meeting) = await Held();
        var first = (await Officer.Act($"{path}/actions", meeting.Tag, Action(world.Association, 4))).Is(HttpStatusCode.OK);
        var later = first.Body.GetProperty("actions")[0].GetProperty("id").GetGuid();
        Assert.DoesNotContain(await world.Announced<MeetingActionDue>(), one => one.ActionId == later);
        var second = (await Officer.Act($"{path}/actions", first.Tag, Action(world.Region, 1))).Is(HttpStatusCode.OK);
        var soon = second.Body.GetProperty("actions").EnumerateArray().Select(one => one.GetProperty("id").GetGuid())
            .Single(id => id != later);
        Assert.Equal("soon", Assert.Single(await world.Announced<MeetingActionDue>(), one => one.ActionId == soon).Stage);
        world.Clock.SetTo(SwedishTime.StartOf(world.Clock.Today().AddDays(3)));
        await Eventually.Holds("the reminder is told", async () =>
            (await world.Announced<MeetingActionDue>()).Any(one => one.ActionId == later && one.Stage == "soon"));
    }

    [Fact]
    public async Task The_day_before_all_are_reminded_once_also_when_it_was_moved_there_and_never_of_what_is_called_off()
    {
        var (kept, moved, off, today) = (await Call(5), await Call(5), await Call(5), await Call(0, "23:50"));
        (await Association.Act($"{Service}/meetings/{moved.Id}/move", moved.Tag, Moved(Day(8)))).Is(HttpStatusCode.OK);
        (await Officer.Act($"{Service}/meetings/{off.Id}/cancellation", off.Tag, new { reason = "Ingen kan." }))
            .Is(HttpStatusCode.OK);
        world.Clock.SetTo(SwedishTime.StartOf(world.Clock.Today().AddDays(4)));
        await Eventually.Holds("the day before has come", async () => await Reminded(kept.Id) == 1);
        await Eventually.Holds("all timers have rung",
            async () => await Rung(moved.Id, "meeting-tomorrow") && await Rung(off.Id, "meeting-tomorrow"));
        Assert.Equal((0, 0, 0), (await Reminded(moved.Id), await Reminded(off.Id), await Reminded(today.Id)));
        world.Clock.SetTo(SwedishTime.StartOf(world.Clock.Today().AddDays(3)));
        await Eventually.Holds("the other day before has come", async () => await Reminded(moved.Id) == 1);
        Assert.Equal((1, 0), (await Reminded(kept.Id), await Reminded(off.Id)));
        var told = Assert.Single(await world.Announced<MeetingCalled>(), one => one.MeetingId == moved.Id && one.What == "moved");
        Assert.Equal(("Två är sjuka.", "15:00", world.Association), (told.Reason, told.Clock, told.OrganisationId));
        Assert.Single(await world.Announced<MeetingCalledOff>(), one => one.MeetingId == off.Id);
    }

    [Theory]
    [InlineData("""{"topic":"","agenda":" "}""",
        "topic field.required, agenda field.required, heldOn field.required, startsAt field.malformed, place meeting.place-or-link")]
    [InlineData("""{"topic":"x","agenda":"Ring 070-123 45 67","heldOn":"2027-01-01","startsAt":"24:00","place":"Rådhuset"}""",
        "agenda field.personal-data, startsAt field.malformed")]
    [InlineData("""{"topic":"x","agenda":"y","heldOn":"2027-01-01","startsAt":"14:00","link":"https://mote.example/?vem=a@b.se"}""",
        "link field.personal-data")]
    [InlineData("""{"topic":"x","agenda":"y","heldOn":"2027-01-01","startsAt":"14:00","link":"http://mote.example"}""",
        "link meeting.link-https")]
    [InlineData("""{"topic":"x","agenda":"y","heldOn":"2027-01-01","startsAt":"14:00","link":"javascript:alert(1)"}""",
        "link meeting.link-https")]
    [InlineData("""{"topic":"x","agenda":"y","heldOn":"2027-01-01","startsAt":"14:00","link":"https://me:secret@mote.example"}""",
        "link meeting.link-https")]
    public async Task What_makes_no_sense_is_refused_field_by_field_and_nothing_is_stored(string json, string wrong)
    {
        var plan = await world.OpenPlan();
        var reply = (await Officer.Create($"{Service}/plans/{plan}/meetings", JsonSerializer.Deserialize<JsonElement>(json)))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        Assert.Equal(wrong, string.Join(", ", reply.Body.GetProperty("errors").EnumerateArray().Select(error =>
            $"{error.GetProperty("field").GetString()} {error.GetProperty("code").GetString()}")));
        Assert.Equal(0, await world.Scalar<long>("SELECT count(*) FROM meeting WHERE plan_id = $1", plan));
    }

    [Fact]
    public async Task A_time_that_has_passed_or_that_no_clock_shows_is_refused()
    {
        var plan = await world.OpenPlan();
        (await Officer.Create($"{Service}/plans/{plan}/meetings", Called(Day(-1))))
            .Refuses(HttpStatusCode.BadRequest, "meeting.in-the-past");
        (await Officer.Create($"{Service}/plans/{plan}/meetings", Called("0001-01-01", "00:00")))
            .Refuses(HttpStatusCode.BadRequest, "meeting.in-the-past");
        (await Officer.Create($"{Service}/plans/{plan}/meetings", Called("9999-12-31", "23:59")))
            .Refuses(HttpStatusCode.BadRequest, "meeting.too-far-ahead");
        (await Officer.Create($"{Service}/plans/{plan}/meetings", Called("2027-03-28", "02:30")))
            .Refuses(HttpStatusCode.BadRequest, "meeting.no-such-time");
        (await Officer.Create($"{Service}/plans/{plan}/meetings", Called("2040-01-01")))
            .Refuses(HttpStatusCode.BadRequest, "meeting.too-far-ahead");
        var meeting = await Call(3);
        (await Officer.Act($"{Service}/meetings/{meeting.Id}/move", meeting.Tag, new
        {
            heldOn = Day(3), startsAt = "14:00", place = "Rådhuset", link = "https://mote.example/1", reason = "x",
        })).Refuses(HttpStatusCode.Conflict, "meeting.same-time");
        (await world.As(Callers.Of(world.Association, Roles.Reporter)).Create($"{Service}/plans/{plan}/meetings", Called(Day(3))))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        var off = (await Officer.Act($"{Service}/meetings/{meeting.Id}/cancellation", meeting.Tag, new { reason = "x" }))
            .Is(HttpStatusCode.OK);
        (await Officer.Act($"{Service}/meetings/{meeting.Id}/move", off.Tag, Moved(Day(4))))
            .Refuses(HttpStatusCode.Conflict, "meeting.called-off");
    }

    [Fact]
    public async Task The_next_meeting_comes_first_of_those_ahead_and_the_latest_of_all()
    {
        var plan = await world.OpenPlan();
        foreach (var days in new[] { 6, 2, 4 })
            (await Officer.Create($"{Service}/plans/{plan}/meetings", Called(Day(days)))).Is(HttpStatusCode.Created);
        Assert.Equal([Day(2), Day(4), Day(6)], await Days(plan, "?ahead=true"));
        Assert.Equal([Day(6), Day(4)], await Days(plan, "?limit=2"));
        var all = await Officer.Get($"{Service}/plans/{plan}/meetings?limit=2");
        var ahead = await Officer.Get($"{Service}/plans/{plan}/meetings?ahead=true&limit=2");
        // A link goes on from where the page ended, whatever has come before it meanwhile.
        foreach (var days in new[] { 1, 8 })
            (await Officer.Create($"{Service}/plans/{plan}/meetings", Called(Day(days)))).Is(HttpStatusCode.Created);
        Assert.Equal([Day(2), Day(1)], Days(await Officer.Get(Next(all))));
        Assert.Equal([Day(6), Day(8)], Days(await Officer.Get(Next(ahead))));
        var stranger = world.As(world.Stranger);
        (await stranger.Get($"{Service}/plans/{plan}/meetings")).Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await stranger.Get($"{Service}/plans/{plan}/open-actions")).Refuses(HttpStatusCode.NotFound, "request.not-found");
        // An address that somebody has written himself leads nowhere, and breaks nothing.
        (await Officer.Get($"{Service}/plans/{plan}/meetings?after=LTU")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_database_lets_nobody_speak_for_another_or_change_what_was_written()
    {
        var (_, meeting) = await Held();
        var region = world.Officer;
        Assert.Equal("42501", await world.AsApplication(region, """
            INSERT INTO meeting_minutes (meeting_id, partnership_id, number, text, decisions, by_person, by_organisation, at)
            SELECT meeting_id, partnership_id, 9, 'x', '{}', $2, $3, now() FROM meeting WHERE meeting_id = $1
            """, meeting.Id, region.Person, world.Association));
        Assert.Equal("42501",
            await world.AsApplication(region, "UPDATE meeting_minutes SET text = 'x' WHERE meeting_id = $1", meeting.Id));
        Assert.Equal("42501", await world.AsApplication(region, "DELETE FROM meeting WHERE meeting_id = $1", meeting.Id));
        Assert.Equal("no rows", await world.AsApplication(world.Stranger,
            "UPDATE meeting SET state = 'CalledOff' WHERE meeting_id = $1", meeting.Id));
        var parties = $$"""
            DO $do$ BEGIN IF EXISTS (SELECT FROM parties_of('{{meeting.Body.GetProperty("partnershipId").GetGuid()}}'))
              THEN RAISE EXCEPTION 'seen' USING ERRCODE = 'P0001'; END IF; END $do$
            """;
        Assert.Equal("P0001", await world.AsApplication(region, parties));
        Assert.Null(await world.AsApplication(world.Stranger, parties)); // who the parties are is theirs to know
    }

    [Fact]
    public async Task A_timer_of_before_it_was_moved_to_an_earlier_day_says_nothing_more()
    {
        var meeting = await Call(6);
        var path = $"{Service}/meetings/{meeting.Id}";
        var earlier = (await Officer.Act($"{path}/move", meeting.Tag, Moved(Day(5), "23:00"))).Is(HttpStatusCode.OK);
        world.Clock.SetTo(SwedishTime.StartOf(world.Clock.Today().AddDays(4)));
        await Eventually.Holds("the day before has come", async () => await Reminded(meeting.Id) == 1);
        (await Officer.Act($"{path}/move", earlier.Tag, new
        {
            heldOn = Day(1), startsAt = "23:00", place = "Biblioteket", reason = "Rådhuset är stängt.",
        })).Is(HttpStatusCode.OK);
        world.Clock.SetTo(SwedishTime.StartOf(world.Clock.Today().AddDays(1)));
        await Eventually.Holds("both timers have rung", async () => await world.Scalar<long>(
            "SELECT count(*) FROM timer WHERE subject_id = $1 AND done_at IS NULL", meeting.Id) == 0);
        Assert.Equal(1, await Reminded(meeting.Id));
    }

    [Fact]
    public async Task When_the_agreement_has_ended_no_meeting_is_called_to_and_nobody_is_told_or_reminded()
    {
        var agreement = world.InForce();
        await world.Tell(agreement);
        var plan = await world.Plan(agreement);
        async Task<Reply> Called(int days) => (await Officer.Create($"{Service}/plans/{plan}/meetings",
            MeetingTests.Called(Day(days)))).Is(HttpStatusCode.Created);
        var (held, kept, moved, off) = (await Called(1), await Called(6), await Called(6), await Called(6));
        world.Clock.Advance(TimeSpan.FromDays(2));
        var path = $"{Service}/meetings/{held.Id}";
        var written = (await Officer.Act($"{path}/minutes", held.Tag, Minutes("Vi sågs."))).Is(HttpStatusCode.OK);
        var asked = (await Officer.Act($"{path}/actions", written.Tag, Action(world.Association, 4))).Is(HttpStatusCode.OK);
        await world.Tell(new AgreementEnded
        {
            AgreementId = agreement.AgreementId, Sequence = 9, PartnershipId = agreement.PartnershipId, Title = "Vårsol",
            EndedOn = world.Clock.Today(), How = "ended",
        });
        (await Officer.Create($"{Service}/plans/{plan}/meetings", MeetingTests.Called(Day(5))))
            .Refuses(HttpStatusCode.Conflict, "meeting.agreement-has-ended");
        (await Officer.Act($"{Service}/meetings/{moved.Id}/move", moved.Tag, Moved(Day(1)))).Is(HttpStatusCode.OK);
        (await Officer.Act($"{Service}/meetings/{off.Id}/cancellation", off.Tag, new { reason = "x" })).Is(HttpStatusCode.OK);
        (await Officer.Act($"{path}/actions", asked.Tag, Action(world.Region, 1))).Is(HttpStatusCode.OK);
        world.Clock.SetTo(SwedishTime.StartOf(world.Clock.Today().AddDays(3)));
        var action = asked.Body.GetProperty("actions")[0].GetProperty("id").GetGuid();
        await Eventually.Holds("the timers have rung",
            async () => await Rung(kept.Id, "meeting-tomorrow") && await Rung(action, "meeting-action-due"));
        Assert.Equal(0, await Reminded(kept.Id));
        Assert.DoesNotContain(await world.Announced<MeetingActionDue>(), one => one.MeetingId == held.Id);
        Assert.DoesNotContain(await world.Announced<MeetingCalled>(), one => one.MeetingId == moved.Id && one.What == "moved");
        Assert.DoesNotContain(await world.Announced<MeetingCalledOff>(), one => one.MeetingId == off.Id);
    }

    [Fact]
    public async Task What_is_to_be_done_goes_on_from_where_the_page_ended()
    {
        var (path, meeting) = await Held();
        foreach (var days in new[] { 5, 3, 9 })
            meeting = (await Officer.Act($"{path}/actions", meeting.Tag, Action(world.Region, days))).Is(HttpStatusCode.OK);
        var plan = meeting.Body.GetProperty("planId").GetGuid();
        var first = await Officer.Get($"{Service}/plans/{plan}/open-actions?limit=2");
        var done = meeting.Body.GetProperty("actions")[0].GetProperty("id").GetGuid();
        (await Officer.Act($"{path}/actions/{done}/done", meeting.Tag)).Is(HttpStatusCode.OK);
        Assert.Equal([Day(9)], (await Officer.Get(Next(first))).Is(HttpStatusCode.OK).Body.GetProperty("items")
            .EnumerateArray().Select(one => one.GetProperty("dueOn").GetString()));
    }

    private async Task<Reply> Call(int days, string time = "14:00") =>
        (await Officer.Create($"{Service}/plans/{await world.OpenPlan()}/meetings", Called(Day(days), time)))
            .Is(HttpStatusCode.Created);

    private async Task<(string Path, Reply Meeting)> Held()
    {
        var meeting = await Call(1);
        world.Clock.Advance(TimeSpan.FromDays(2));
        var path = $"{Service}/meetings/{meeting.Id}";
        return (path, (await Association.Act($"{path}/minutes", meeting.Tag, Minutes("Vi sågs."))).Is(HttpStatusCode.OK));
    }

    private static string Next(Reply reply) => reply.Message.Headers.GetValues("Link").Single().Split('<', '>')[1];

    private string Day(int days) => world.Clock.Today().AddDays(days).ToString("O", null);

    private object Action(Guid party, int days) => new { what = "Boka lokal", organisationId = party, dueOn = Day(days) };

    private static object Minutes(string text) => new { text, decisions = new[] { "Fler grupper" } };

    private async Task<int> Reminded(Guid meeting) =>
        (await world.Announced<MeetingApproaches>()).Count(one => one.MeetingId == meeting);

    private async Task<bool> Rung(Guid subject, string kind) => await world.Scalar<long>(
        "SELECT count(*) FROM timer WHERE subject_id = $1 AND kind = $2 AND done_at IS NOT NULL", subject, kind) > 0;

    private async Task<List<JsonElement>> Open(Guid plan) => [.. (await Officer.Get($"{Service}/plans/{plan}/open-actions"))
        .Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];

    private async Task<List<string>> Days(Guid plan, string query) =>
        Days(await Officer.Get($"{Service}/plans/{plan}/meetings{query}"));

    private static List<string> Days(Reply reply) => [.. reply.Is(HttpStatusCode.OK).Body.GetProperty("items")
        .EnumerateArray().Select(one => one.GetProperty("heldOn").GetString()!)];

    private static string? Word(Reply reply, string name) => reply.Body.GetProperty(name).GetString();
}
