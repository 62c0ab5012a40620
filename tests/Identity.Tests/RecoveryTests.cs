using System.Net;
using Iop.Contracts.Identity;
using Iop.Identity.Domain;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Identity.Tests;

/// <summary>What is lost comes back to its owner, and to nobody else.</summary>
[Collection(nameof(IdentityWorld))]
public sealed class RecoveryTests(IdentityWorld world)
{
    private const string NewPassword = "yet another horse battery";

    [Fact]
    public async Task A_forgotten_password_is_chosen_anew_by_a_link_that_works_once_and_not_for_long()
    {
        var person = await world.Colleague(Roles.Reader);
        var session = await world.As(person);
        var token = await LinkFor(person, () => Forgets(person.Email));
        (await Chooses(token, "kort")).Is(HttpStatusCode.BadRequest);
        (await Chooses(token, NewPassword)).Is(HttpStatusCode.OK);
        (await session.Get("/identity/v1/session")).Is(HttpStatusCode.NotFound);
        (await Chooses(token, NewPassword)).Refuses(HttpStatusCode.Conflict, "link.not-valid");
        await world.As(person with { Password = NewPassword }); // with the code of the app, as before
        var later = await LinkFor(person, () => Forgets(person.Email));
        world.Clock.Advance(TimeSpan.FromMinutes(150)); // an hour without a mail server, an hour until the next attempt
        (await Chooses(later, NewPassword)).Is(HttpStatusCode.OK);
        var late = await LinkFor(person, () => Forgets(person.Email.ToUpperInvariant()));
        world.Clock.Advance(TimeSpan.FromMinutes(241));
        (await Chooses(late, NewPassword)).Refuses(HttpStatusCode.Conflict, "link.not-valid");
    }

    [Fact]
    public async Task Whether_there_is_such_an_account_is_not_told_and_nobodys_mailbox_is_filled()
    {
        var person = await world.Colleague(Roles.Reader);
        var known = (await Forgets(person.Email)).Is(HttpStatusCode.OK);
        var unknown = (await Forgets($"{Guid.NewGuid():N}@vårby.example")).Is(HttpStatusCode.OK);
        Assert.Equal(known.Text, unknown.Text);
        for (var more = 0; more < 5; more++) (await Forgets(person.Email)).Is(HttpStatusCode.OK);
        await Eventually.Holds("links are made", async () => (await LinksOf(person)).Count == 3);
        Assert.Equal(3, await world.Scalar<long>(
            "SELECT count(*) FROM one_time_link WHERE person_id = $1 AND purpose = 'password'", person.Id));
    }

    /// <summary>Asked for by the old address, and made just when its owner moves: held there until she has.</summary>
    [Fact]
    public async Task No_link_is_made_for_an_address_that_is_left_while_it_is_being_made()
    {
        var person = await world.Colleague(Roles.Reader);
        await using var moving = new Npgsql.NpgsqlConnection(world.Database.ConnectionString);
        await moving.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await moving.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await Do("SELECT FROM person WHERE person_id = $1 FOR UPDATE");
        (await Forgets(person.Email)).Is(HttpStatusCode.OK);
        await Eventually.Holds("the link's maker waits for the person", async () => await world.Scalar<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") > 0);
        await Do("UPDATE person SET email = 'ny-' || email WHERE person_id = $1");
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        await Eventually.Holds("the timer has rung", async () => await world.Scalar<long>("""
            SELECT count(*) FROM timer JOIN password_wish ON wish_id = subject_id WHERE email = $1 AND done_at IS NOT NULL
            """, person.Email) == 1);
        Assert.Empty(await LinksOf(person));

        async Task Do(string sql)
        {
            await using var command = new Npgsql.NpgsqlCommand(sql, moving, transaction);
            command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = person.Id });
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Nobody can look at people or make a link here, and the answer comes all the same: so it takes no longer for an
    /// address that is known.</summary>
    [Fact]
    public async Task Whether_an_address_is_known_is_not_looked_at_before_the_answer()
    {
        var person = await world.Colleague(Roles.Reader);
        await using (var connection = new Npgsql.NpgsqlConnection(world.Database.ConnectionString))
        {
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using (var hold = new Npgsql.NpgsqlCommand(
                "LOCK TABLE person, one_time_link IN ACCESS EXCLUSIVE MODE", connection)) await hold.ExecuteNonQueryAsync();
            (await Forgets(person.Email).WaitAsync(TimeSpan.FromSeconds(10))).Is(HttpStatusCode.OK);
        }
        await Eventually.Holds("the link is made", async () => (await LinksOf(person)).Count == 1);
    }

    [Fact]
    public async Task For_the_only_admin_an_operator_asks_and_another_one_confirms()
    {
        var (only, organisation) = (await world.Invited(), Guid.NewGuid());
        await world.Tell(IdentityWorld.Organisation(organisation, "Föreningen Ensam", "idea-driven"));
        await IdentityWorld.GivenBy(await world.As(world.Operator), only, organisation, Roles.Admin);
        var second = await world.Invited();
        await IdentityWorld.GivenBy(
            await world.As(world.Operator), second, OrganisationRef.Operating.Value, Roles.Operator);
        var first = await world.As(world.Operator);
        var asked = (await first.Create("/identity/v1/second-factor-resets", new { personId = only.Id, reason = "Ringde upp." }))
            .Is(HttpStatusCode.Created);
        var path = $"/identity/v1/second-factor-resets/{asked.Id}/confirmation";
        (await first.Act(path, asked.Tag)).Refuses(HttpStatusCode.Conflict, "reset.four-eyes");
        var other = await world.As(second);
        await LinkFor(only, async () => (await other.Act(path, asked.Tag)).Is(HttpStatusCode.OK));

        var colleague = await world.Invited();
        await IdentityWorld.GivenBy(await world.As(only), colleague, organisation, Roles.Admin);
        (await (await world.As(world.Operator)).Create(
            "/identity/v1/second-factor-resets", new { personId = only.Id, reason = "Igen." })).Is(HttpStatusCode.NotFound);
        await Drop(second);

        // The world's other tests know one operator.
        async Task Drop(SomeBody person)
        {
            var admin = await world.As(world.Operator);
            var held = (await admin.Get("/identity/v1/memberships")).Body.GetProperty("items").EnumerateArray()
                .Single(one => one.GetProperty("personId").GetGuid() == person.Id);
            (await admin.Put($"/identity/v1/memberships/{held.GetProperty("id")}", $"{held.GetProperty("version")}",
                new { roles = Array.Empty<string>() })).Is(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Whether_a_link_holds_is_told_before_a_password_is_asked_for_and_whose_it_is_is_not()
    {
        var person = await world.Colleague(Roles.Reader);
        var token = await LinkFor(person, () => Forgets(person.Email));
        var holds = (await Looks(token)).Is(HttpStatusCode.OK);
        Assert.Equal(["expiresAt"], holds.Body.EnumerateObject().Select(one => one.Name));
        (await Looks(token)).Is(HttpStatusCode.OK); // nothing is used up
        (await Chooses(token, NewPassword)).Is(HttpStatusCode.OK);
        var spent = (await Looks(token)).Refuses(HttpStatusCode.Conflict, "link.not-valid");
        Assert.Equal(spent.Body.GetProperty("detail").GetString(),
            (await Looks("never-made")).Body.GetProperty("detail").GetString());
        var late = await LinkFor(person, () => Forgets(person.Email));
        world.Clock.Advance(Recovery.AccountLinks.PasswordLasts + TimeSpan.FromMinutes(1));
        (await Looks(late)).Refuses(HttpStatusCode.Conflict, "link.not-valid");

        Task<Reply> Looks(string link) => world.Anonymous.Get($"/identity/v1/password-resets/{link}");
    }

    [Fact]
    public async Task A_link_for_one_thing_does_no_other()
    {
        var person = await world.Colleague(Roles.Reader);
        var token = await LinkFor(person, () => Forgets(person.Email));
        (await world.Opens(token)).Refuses(HttpStatusCode.Conflict, "link.not-valid");
        (await world.Accepts(token, NewPassword)).Reply.Refuses(HttpStatusCode.Conflict, "link.not-valid");
        (await Takes(token, person.Password)).Refuses(HttpStatusCode.Conflict, "link.not-valid");
    }

    [Fact]
    public async Task A_lost_second_factor_comes_back_when_two_say_so_and_the_person_knows_the_password()
    {
        var (person, second) = (await world.Colleague(Roles.Officer), await world.Colleague(Roles.Admin));
        var admin = await world.As(world.Admin);
        var asked = (await admin.Create(
            "/identity/v1/second-factor-resets", new { personId = person.Id, reason = "Telefonen är stulen." }))
            .Is(HttpStatusCode.Created);
        var confirmation = $"/identity/v1/second-factor-resets/{asked.Id}/confirmation";
        (await admin.Act(confirmation, asked.Tag)).Refuses(HttpStatusCode.Conflict, "reset.four-eyes");
        (await (await world.As(world.AssociationsAdmin)).Act(confirmation, asked.Tag)).Is(HttpStatusCode.NotFound);
        (await (await world.As(person)).Act(confirmation, asked.Tag)).Is(HttpStatusCode.Forbidden);
        var other = await world.As(second);
        Assert.Contains((await other.Get("/identity/v1/second-factor-resets")).Body.GetProperty("items").EnumerateArray(),
            one => one.GetProperty("id").GetGuid() == asked.Id && !one.GetProperty("mine").GetBoolean());
        var session = await world.As(person);
        var token = await LinkFor(person, async () => (await other.Act(confirmation, asked.Tag)).Is(HttpStatusCode.OK));
        (await other.Act(confirmation, "\"2\"")).Refuses(HttpStatusCode.Conflict, "reset.not-open");
        (await Takes(token, "a guess at the password")).Refuses(HttpStatusCode.Conflict, "person.password-wrong");
        var (taken, secret) = await world.TakesNewFactor(token, person.Password);
        Assert.Equal(10, taken.Is(HttpStatusCode.OK).Body.GetProperty("recoveryCodes").GetArrayLength());
        (await session.Get("/identity/v1/session")).Is(HttpStatusCode.NotFound);
        await world.As(person with { TotpSecret = secret });
        Assert.Single(await world.Announced<AccountLinkMade>(),
            link => link.PersonId == person.Id && link.Kind == "second-factor-changed");
        (await Takes(token, person.Password)).Refuses(HttpStatusCode.Conflict, "link.not-valid");
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = new Browser(world) { Address = "192.0.2.90" };
        var old = await browser.Fill(await browser.Request(), person.Email, person.Password, browser.Totp(person));
        Assert.Equal("wrong", Browser.Parameter(old, "error"));
    }

    [Fact]
    public async Task Nobody_resets_the_own_factor_and_the_operator_confirms_where_there_is_one_administrator()
    {
        var admin = await world.As(world.AssociationsAdmin);
        (await admin.Create("/identity/v1/second-factor-resets", new { personId = world.AssociationsAdmin.Id, reason = "x" }))
            .Refuses(HttpStatusCode.Conflict, "reset.not-ones-own");
        var person = await world.Invited();
        (await admin.Create("/identity/v1/second-factor-resets", new { personId = person.Id, reason = "x" }))
            .Is(HttpStatusCode.NotFound); // not a colleague
        await IdentityWorld.GivenBy(admin, person, IdentityWorld.Association, Roles.Admin);
        (await admin.Create("/identity/v1/second-factor-resets", new { personId = person.Id, reason = "" }))
            .Is(HttpStatusCode.BadRequest);
        var asked = (await admin.Create("/identity/v1/second-factor-resets", new { personId = person.Id, reason = "Borta." }))
            .Is(HttpStatusCode.Created);
        var confirmation = $"/identity/v1/second-factor-resets/{asked.Id}/confirmation";
        (await (await world.As(person)).Act(confirmation, asked.Tag)).Refuses(HttpStatusCode.Conflict, "reset.not-ones-own");
        (await (await world.As(world.Operator)).Act(confirmation, asked.Tag)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_invitation_that_was_lost_comes_again_when_two_say_so()
    {
        var email = $"{Guid.NewGuid():N}@vårby.example";
        var invited = (await (await world.As(world.Admin)).Create(
            "/identity/v1/people", new { name = "Ny", email, language = "sv" })).Id;
        (await (await world.As(world.Admin)).Create("/identity/v1/memberships",
            new { personId = invited, organisationId = IdentityWorld.Municipality, roles = new[] { Roles.Reader } }))
            .Is(HttpStatusCode.Created);
        var asked = (await (await world.As(world.Admin)).Create(
            "/identity/v1/second-factor-resets", new { personId = invited, reason = "Länken är borta." }))
            .Is(HttpStatusCode.Created);
        Assert.Equal("first-password", asked.Body.GetProperty("kind").GetString());
        var person = new SomeBody(invited, email, NewPassword, "");
        var second = await world.As(await world.Colleague(Roles.Admin));
        var token = await LinkFor(person, async () => (await second.Act(
            $"/identity/v1/second-factor-resets/{asked.Id}/confirmation", asked.Tag)).Is(HttpStatusCode.OK));
        var (accepted, secret) = await world.Accepts(token, NewPassword);
        accepted.Is(HttpStatusCode.OK);
        await world.As(person with { TotpSecret = secret });
    }

    [Fact]
    public async Task A_week_is_enough_to_confirm()
    {
        var person = await world.Colleague(Roles.Reader);
        var asked = (await (await world.As(world.Admin)).Create(
            "/identity/v1/second-factor-resets", new { personId = person.Id, reason = "x" })).Is(HttpStatusCode.Created);
        var second = await world.Colleague(Roles.Admin);
        world.Clock.Advance(TimeSpan.FromDays(7));
        (await (await world.As(second)).Act($"/identity/v1/second-factor-resets/{asked.Id}/confirmation", asked.Tag))
            .Refuses(HttpStatusCode.Conflict, "reset.not-open");
    }

    [Fact]
    public async Task Two_of_one_organisation_do_not_reset_whoever_has_roles_in_another_too()
    {
        var (person, second) = (await world.Colleague(Roles.Officer), await world.Colleague(Roles.Admin));
        await IdentityWorld.GivenBy(
            await world.As(world.AssociationsAdmin), person, IdentityWorld.Association, Roles.Signatory);
        var asked = (await (await world.As(world.Admin)).Create(
            "/identity/v1/second-factor-resets", new { personId = person.Id, reason = "Borta." })).Is(HttpStatusCode.Created);
        var confirmation = $"/identity/v1/second-factor-resets/{asked.Id}/confirmation";
        (await (await world.As(second)).Act(confirmation, asked.Tag))
            .Refuses(HttpStatusCode.Conflict, "reset.other-organisation");
        (await (await world.As(world.AssociationsAdmin)).Act(confirmation, asked.Tag)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Guesses_at_the_same_time_are_no_more_than_those_after_each_other()
    {
        var person = await world.Colleague(Roles.Reader);
        var thief = await world.As(person);
        var guesses = await Task.WhenAll(Enumerable.Range(0, 16).Select(guess => thief.Send(
            HttpMethod.Post, "/identity/v1/session/recovery-codes", new { password = $"guess {guess}" })));
        Assert.Equal(5, guesses.Count(one => one.Text.Contains("person.password-wrong", StringComparison.Ordinal)));
        Assert.Equal(11, guesses.Count(one => one.Text.Contains("person.must-wait", StringComparison.Ordinal)));
    }

    private Task<Reply> Forgets(string email) =>
        world.Anonymous.Send(HttpMethod.Post, "/identity/v1/password-resets", new { email });

    private Task<Reply> Chooses(string token, string password) =>
        world.Anonymous.Send(HttpMethod.Post, $"/identity/v1/password-resets/{token}", new { password });

    private async Task<Reply> Takes(string token, string password) => (await world.TakesNewFactor(token, password)).Reply;

    private async Task<List<AccountLinkMade>> LinksOf(SomeBody person) =>
        [.. (await world.Announced<AccountLinkMade>()).Where(
            link => link.PersonId == person.Id && (link.Kind is "password" or "second-factor" or "invitation"))];

    /// <summary>What the mail brings after this.</summary>
    private async Task<string> LinkFor(SomeBody person, Func<Task> act)
    {
        var before = (await LinksOf(person)).Count;
        await act();
        await Eventually.Holds("a link is made", async () => (await LinksOf(person)).Count > before);
        var link = (await LinksOf(person))[^1];
        Assert.Equal(person.Email, link.Email);
        return link.Path.Split('/')[^1];
    }
}
