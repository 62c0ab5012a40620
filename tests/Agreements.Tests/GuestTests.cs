using System.Net;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;
using Npgsql;

namespace Iop.Agreements.Tests;

/// <summary>Somebody from outside reads one partnership, for the days that were agreed, and does nothing else.</summary>
public sealed class GuestTests(AgreementsWorld world) : IClassFixture<AgreementsWorld>
{
    private const string Service = "/agreements/v1";
    /// <summary>What guests read of as the parties do, also while it is written: it is the text that an adviser or a lawyer is
    /// asked about. Everything else that is isolated is kept from them, or some rows of it are: a new table is, or fails
    /// here.</summary>
    private static readonly string[] Open =
    [
        "activity", "actor", "agreement", "agreement_check", "agreement_party", "agreement_version", "aid_booking",
        "approval", "approved_text", "attachment", "body", "body_decision", "change", "closing_report", "contribution",
        "decline", "delivery", "dispute", "end_reminder", "exit_step", "goal", "in_force", "instrument_answer",
        "intervention_plan", "joint_talk", "legal_answer", "matter", "notice_reminder", "paper", "paper_answer",
        "participation", "partner_choice", "partnership", "party", "plan_item", "plan_overstep", "plan_version",
        "pool_criterion", "pool_entry", "pool_grant", "pool_rate", "precondition", "precondition_outcome", "relation",
        "role_acceptance", "section", "settlement", "settlement_line", "shared_pool", "signature", "signing_turn",
        "stored_file", "stored_file_piece", "termination", "transition_term", "version_file",
    ];

    private readonly Caller _guest = GuestSteps.FromOutside();

    [Fact]
    public async Task A_guest_reads_the_one_partnership_from_the_first_day_to_the_last_and_no_other()
    {
        var (of, other) = (await world.Written(), await world.Partners());
        var today = world.Clock.Today();
        var invited = await Invited(of.Partners, today.AddDays(1), today.AddDays(2));
        Assert.Equal("invited", invited.Body.GetProperty("state").GetString());
        (await Me().Get(of.Path)).Is(HttpStatusCode.NotFound);
        Assert.Equal(of.Partners.Id, (await Accept(invited)).Is(HttpStatusCode.OK).Body.GetProperty("partnershipId").GetGuid());
        (await Me().Get(of.Path)).Is(HttpStatusCode.NotFound); // the day before
        foreach (var day in new[] { 1, 2 })
        {
            world.Clock.SetTo(SwedishTime.StartOf(today.AddDays(day)));
            (await Me().Get(of.Path)).Is(HttpStatusCode.OK);
            (await Me().Get($"{Service}/partnerships/{of.Partners.Id}")).Is(HttpStatusCode.OK);
        }
        (await Me().Get($"{Service}/partnerships/{other.Id}")).Is(HttpStatusCode.NotFound);
        Assert.Single((await Me().Get($"{Service}/partnerships")).Body.GetProperty("items").EnumerateArray());
        var colleague = world.As(_guest with { Person = Guid.NewGuid() });
        (await colleague.Get(of.Path)).Is(HttpStatusCode.NotFound);
        var elsewhere = world.As(_guest with { Organisation = Guid.NewGuid() });
        (await elsewhere.Get(of.Path)).Is(HttpStatusCode.NotFound);
        world.Clock.SetTo(SwedishTime.StartOf(today.AddDays(3)).AddSeconds(-1));
        (await Me().Get(of.Path)).Is(HttpStatusCode.OK);
        world.Clock.SetTo(SwedishTime.StartOf(today.AddDays(3)));
        (await Me().Get(of.Path)).Is(HttpStatusCode.NotFound);
        Assert.Equal("over", (await Guest(invited, of.Partners)).Body.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_guest_changes_nothing_whatever_roles_the_own_organisation_gives()
    {
        var of = await world.Written();
        (await Accept(await Invited(of.Partners))).Is(HttpStatusCode.OK);
        var section = (await Me().Get($"{of.Path}/sections/goals")).Is(HttpStatusCode.OK);
        foreach (var tried in new[]
        {
            await Me().Put($"{of.Path}/sections/goals", section.Tag, new { text = "Gästens mål" }),
            await Me().Create($"{of.Path}/comments", new { sectionKey = "goals", text = "Gästens ord" }),
            await Me().Create($"{Service}/partnerships/{of.Partners.Id}/dialogue",
                new { kind = "note", heldOn = "2026-03-01", participants = "x", said = "x" }),
            await Me().Create($"{Service}/partnerships/{of.Partners.Id}/guests", Body()),
            await Me().Create($"{Service}/partnerships/{of.Partners.Id}/parties",
                new { organisationId = _guest.Organisation, requiredSignatures = 1 }),
        })
            Assert.True(tried.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden, tried.Text);
        Assert.Equal("Text om goals.",
            (await world.Officer.Get($"{of.Path}/sections/goals")).Body.GetProperty("text").GetString());
    }

    [Fact]
    public async Task The_database_lets_a_guest_read_and_nothing_more()
    {
        var of = await world.Written();
        (await Accept(await Invited(of.Partners))).Is(HttpStatusCode.OK);
        Assert.Equal(1L, await AsGuest($"SELECT count(*) FROM agreement WHERE agreement_id = '{of.Id}'"));
        Assert.Equal(0L, await AsGuest($"""
            WITH done AS (UPDATE agreement SET title = 'x' WHERE agreement_id = '{of.Id}' RETURNING 1) SELECT count(*) FROM done
            """));
        Assert.Equal(0L, await AsGuest($"""
            SELECT count(*) FROM (SELECT FROM agreement WHERE agreement_id = '{of.Id}' FOR UPDATE) AS locked
            """));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => AsGuest(
            $"""
            INSERT INTO guest (guest_id, partnership_id, inviter, name, purpose, reason, from_on, to_on, invitation_hash, invitation_expires_at, version)
            VALUES (gen_random_uuid(), '{of.Partners.Id}', gen_random_uuid(), 'x', 'Adviser', 'x', '2026-01-01', '2026-01-02', 'x', now(), 1) RETURNING 1
            """));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Every_isolated_table_is_shut_to_what_guests_might_write_and_kept_from_them_unless_it_is_said_to_be_open()
    {
        Assert.Equal("", await world.NotShutToGuests());
        Assert.Equal(Open, await world.ReadWholeByGuests());
    }

    [Fact]
    public async Task An_invitation_works_once_and_in_its_time()
    {
        var partners = await world.Partners();
        var invited = await Invited(partners);
        (await Accept(invited)).Is(HttpStatusCode.OK);
        (await Accept(invited, world.As(_guest with { Person = Guid.NewGuid() }))).Is(HttpStatusCode.NotFound);
        (await world.Anonymous.Act($"{Service}/guest-invitations/x/acceptance", null)).Is(HttpStatusCode.Unauthorized);
        (await Me().Act($"{Service}/guest-invitations/never-made/acceptance", null)).Is(HttpStatusCode.NotFound);
        var late = await Invited(partners, world.Clock.Today(), world.Clock.Today().AddDays(30));
        world.Clock.Advance(TimeSpan.FromDays(14));
        (await Accept(late)).Is(HttpStatusCode.NotFound);
        Assert.Equal(0, await world.Scalar<long>(
            "SELECT count(*) FROM guest WHERE encode(invitation_hash, 'hex') = $1",
            late.Body.GetProperty("invitation").GetString()!));
    }

    [Fact]
    public async Task A_lost_link_is_made_anew_and_the_one_before_it_leads_nowhere()
    {
        var partners = await world.Partners();
        var lost = await Invited(partners, world.Clock.Today(), world.Clock.Today().AddDays(60));
        var link = $"{lost.Location}/invitation";
        (await world.Lawyer.Act(link, lost.Tag)).Is(HttpStatusCode.Forbidden);
        (await world.Stranger.Act(link, lost.Tag)).Is(HttpStatusCode.NotFound);
        (await world.Officer.Act(link, null)).Is(HttpStatusCode.PreconditionRequired);
        (await world.AssociationOfficer.Act(link, lost.Tag)).Refuses(HttpStatusCode.Conflict, "guest.link-is-anothers");
        world.Clock.Advance(TimeSpan.FromDays(20)); // the first has grown too old by then
        var found = (await world.Officer.Act(link, lost.Tag)).Is(HttpStatusCode.OK);
        (await world.Officer.Act(link, lost.Tag)).Is(HttpStatusCode.PreconditionFailed);
        Assert.NotEqual(lost.Body.GetProperty("invitation").GetString(), found.Body.GetProperty("invitation").GetString());
        (await Accept(lost)).Is(HttpStatusCode.NotFound);
        (await Accept(found)).Is(HttpStatusCode.OK);
        var seen = await Guest(lost, partners);
        (await world.Officer.Act(link, seen.Tag)).Refuses(HttpStatusCode.Conflict, "guest.already-accepted");
        (await world.Officer.Delete(lost.Location!, seen.Tag)).Is(HttpStatusCode.OK);
        (await world.Officer.Act(link, (await Guest(lost, partners)).Tag)).Refuses(HttpStatusCode.Conflict, "guest.already-over");
        var told = (await world.Officer.Get($"{Service}/partnerships/{partners.Id}/history?thing=guest")).Is(HttpStatusCode.OK);
        Assert.Contains(told.Body.GetProperty("items").EnumerateArray(), line =>
            line.GetProperty("change").GetString() == "changed" && line.GetProperty("fields").EnumerateArray()
                .Any(field => field.GetProperty("name").GetString() == "Länken gäller till"));
    }

    [Fact]
    public async Task The_database_keeps_the_link_by_which_somebody_has_said_yes()
    {
        var partners = await world.Partners();
        var invited = await Invited(partners);
        (await Accept(invited)).Is(HttpStatusCode.OK);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => world.ScalarAs<long>(
            Callers.Of(world.Region, Roles.Officer),
            $"UPDATE guest SET invitation_hash = 'x' WHERE guest_id = '{invited.Id}' RETURNING 1"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        Assert.Contains("accepted", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_party_ends_a_guests_time_and_the_very_next_request_sees_nothing()
    {
        var partners = await world.Partners();
        var invited = await Invited(partners);
        var path = $"{Service}/partnerships/{partners.Id}";
        (await Accept(invited)).Is(HttpStatusCode.OK);
        (await Me().Get(path)).Is(HttpStatusCode.OK);
        var seen = await Guest(invited, partners);
        Assert.Equal("here", seen.Body.GetProperty("state").GetString());
        var guest = $"{path}/guests/{invited.Id}";
        (await world.Lawyer.Delete(guest, seen.Tag)).Is(HttpStatusCode.Forbidden);
        (await world.Stranger.Delete(guest, seen.Tag)).Is(HttpStatusCode.NotFound);
        (await world.AssociationOfficer.Delete(guest, "\"1\"")).Is(HttpStatusCode.PreconditionFailed);
        (await world.AssociationOfficer.Delete(guest, seen.Tag)).Is(HttpStatusCode.OK); // any of the parties
        (await Me().Get(path)).Is(HttpStatusCode.NotFound);
        (await world.Officer.Delete(guest, (await Guest(invited, partners)).Tag))
            .Refuses(HttpStatusCode.Conflict, "guest.already-over");
        var unused = await Invited(partners);
        (await world.Officer.Delete($"{path}/guests/{unused.Id}", unused.Tag)).Is(HttpStatusCode.OK);
        (await Accept(unused)).Is(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // it has simply run out
    public async Task One_who_is_invited_twice_reads_on_the_days_of_each_and_on_none_between(bool isEnded)
    {
        var (partners, today) = (await world.Partners(), world.Clock.Today());
        var path = $"{Service}/partnerships/{partners.Id}";
        var (one, other) = (
            await Invited(partners, today, today.AddDays(1)), await Invited(partners, today.AddDays(5), today.AddDays(6)));
        (await Accept(one)).Is(HttpStatusCode.OK);
        (await Accept(other)).Is(HttpStatusCode.NotFound); // one at a time
        (await Me().Get(path)).Is(HttpStatusCode.OK);
        if (isEnded)
            (await world.Officer.Delete($"{path}/guests/{one.Id}", (await Guest(one, partners)).Tag)).Is(HttpStatusCode.OK);
        else world.Clock.SetTo(SwedishTime.StartOf(today.AddDays(2)));
        (await Accept(other)).Is(HttpStatusCode.OK);
        (await Me().Get(path)).Is(HttpStatusCode.NotFound);
        foreach (var (day, seen) in new[] { (4, false), (5, true), (6, true), (7, false) })
        {
            world.Clock.SetTo(SwedishTime.StartOf(today.AddDays(day)));
            (await Me().Get(path)).Is(seen ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task A_period_that_is_over_does_not_come_back_when_a_later_one_is_ended()
    {
        var (partners, today) = (await world.Partners(), world.Clock.Today());
        var path = $"{Service}/partnerships/{partners.Id}";
        var past = await Invited(partners, today, today.AddDays(1));
        (await Accept(past)).Is(HttpStatusCode.OK);
        world.Clock.SetTo(SwedishTime.StartOf(today.AddDays(2)));
        var now = await Invited(partners, today.AddDays(2), today.AddDays(3));
        (await Accept(now)).Is(HttpStatusCode.OK);
        (await world.Officer.Delete($"{path}/guests/{now.Id}", (await Guest(now, partners)).Tag)).Is(HttpStatusCode.OK);
        (await Me().Get(path)).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_guest_is_invited_for_days_to_come_and_not_for_ever()
    {
        var partners = await world.Partners();
        var (path, today) = ($"{Service}/partnerships/{partners.Id}/guests", world.Clock.Today());
        (await world.Officer.Create(path, Body(today.AddDays(-2), today.AddDays(-1))))
            .Refuses(HttpStatusCode.Conflict, "guest.period-is-over");
        foreach (var (days, code) in new[] { (-1, "guest.ends-before-it-begins"), (366, "guest.too-long") })
        {
            var refused = (await world.Officer.Create(path, Body(today, today.AddDays(days)))).Is(HttpStatusCode.BadRequest);
            Assert.Equal(code, refused.Body.GetProperty("errors")[0].GetProperty("code").GetString());
        }
        (await world.Lawyer.Create(path, Body())).Is(HttpStatusCode.Forbidden);
        (await world.Stranger.Create(path, Body())).Is(HttpStatusCode.NotFound);
        (await world.Stranger.Get(path)).Is(HttpStatusCode.NotFound);
        (await world.Officer.Create(path, Body())).Is(HttpStatusCode.Created);
        var listed = (await world.AssociationOfficer.Get(path)).Is(HttpStatusCode.OK);
        Assert.DoesNotContain("invitation\"", listed.Text.Replace("\"invitation\":null", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    private CallerClient Me() => world.As(_guest);

    private object Body(DateOnly? from = null, DateOnly? to = null) => GuestSteps.Invitation(world.Clock.Today(), from, to);

    private Task<Reply> Invited(Partners partners, DateOnly? from = null, DateOnly? to = null) =>
        world.Officer.InvitesGuest(world, partners.Id, from, to);

    private async Task<Reply> Guest(Reply invited, Partners partners) =>
        (await world.Officer.Get($"{Service}/partnerships/{partners.Id}/guests/{invited.Id}")).Is(HttpStatusCode.OK);

    private Task<Reply> Accept(Reply invited, CallerClient? by = null) => (by ?? Me()).AcceptsInvitation(invited);

    private Task<long> AsGuest(string sql) => world.ScalarAs<long>(_guest, sql);
}
