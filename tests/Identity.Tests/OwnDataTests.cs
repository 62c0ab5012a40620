using System.Net;
using Iop.Contracts.Identity;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Identity.Tests;

/// <summary>What is kept of a person is shown to her, and put right by her.</summary>
[Collection(nameof(IdentityWorld))]
public sealed class OwnDataTests(IdentityWorld world)
{
    private const string Path = "/identity/v1/my-data";

    [Fact]
    public async Task A_person_sees_what_is_kept_of_her_and_nothing_of_others()
    {
        var person = await world.Colleague(Roles.Officer);
        var kept = (await (await world.As(person)).Get(Path)).Is(HttpStatusCode.OK);
        Assert.Equal(person.Email, kept.Body.GetProperty("email").GetString());
        Assert.True(kept.Body.GetProperty("hasPassword").GetBoolean());
        var membership = Assert.Single(kept.Body.GetProperty("memberships").EnumerateArray());
        Assert.Equal("Vårby kommun", membership.GetProperty("organisation").GetString());
        Assert.Single(kept.Body.GetProperty("sessions").EnumerateArray());
        Assert.DoesNotContain(world.Admin.Email, kept.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(person.TotpSecret, kept.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corrected_name_reaches_everybody_who_keeps_it()
    {
        var person = await world.Colleague(Roles.Officer);
        var me = await world.As(person);
        (await me.Put(Path, null, new { name = "Ny", email = person.Email, language = "en" }))
            .Is(HttpStatusCode.PreconditionRequired);
        var tag = (await me.Get(Path)).Tag;
        (await me.Put(Path, tag, new { name = "Anna Ny-Namn", email = person.Email, language = "en" })).Is(HttpStatusCode.OK);
        var told = (await world.Announced<MembershipChanged>()).Last(one => one.PersonId == person.Id);
        Assert.Equal(("Anna Ny-Namn", "en", 2), (told.Name, told.Language, told.Sequence));
        Assert.Equal([Roles.Officer], told.Roles);
        (await me.Put(Path, (await me.Get(Path)).Tag, new { name = "Anna Ny-Namn", email = person.Email, language = "en" }))
            .Refuses(HttpStatusCode.Conflict, "person.nothing-to-correct");
    }

    [Fact]
    public async Task Another_address_counts_when_its_link_is_opened_and_the_old_one_is_told()
    {
        var person = await world.Colleague(Roles.Officer);
        using var mail = world.WithMail();
        var me = await world.As(person);
        var (tag, mine) = ((await me.Get(Path)).Tag, $"ny-{Guid.NewGuid():N}@vårby.example");
        world.Clock.Advance(TimeSpan.FromMinutes(4)); // the token lives, the sign-in is still fresh
        (await me.Put(Path, tag, new { name = "Anna", email = mine, language = "sv" }))
            .Refuses(HttpStatusCode.Conflict, "person.password-wrong");
        var asked = (await me.Put(Path, tag, new { name = "Anna", email = mine, language = "sv", password = person.Password }))
            .Is(HttpStatusCode.OK);
        Assert.Equal(("Anna", person.Email), (
            asked.Body.GetProperty("name").GetString(), asked.Body.GetProperty("email").GetString()));
        Assert.Equal(person.Email, (await world.Announced<MembershipChanged>()).Last(one => one.PersonId == person.Id).Email);
        var link = Assert.Single(await LinksTo(mine));
        Assert.Equal("address", link.Kind);

        var moved = (await Confirms(link)).Is(HttpStatusCode.OK);
        Assert.Equal(mine, moved.Body.GetProperty("email").GetString());
        Assert.Equal(mine, (await world.Announced<MembershipChanged>()).Last(one => one.PersonId == person.Id).Email);
        Assert.Single(await LinksTo(person.Email), told => told.Kind == "address-changed");
        (await Confirms(link)).Refuses(HttpStatusCode.Conflict, "link.not-valid");
        await world.As(person with { Email = mine }); // signs in with the new one
        using var browser = new Browser(world);
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("wrong", Browser.Parameter(await browser.Fill(
            await browser.Request(), person.Email, person.Password, browser.Totp(person)), "error"));
    }

    [Fact]
    public async Task An_address_that_nobody_has_proved_is_still_free_for_its_owner()
    {
        var (mallory, theirs) = (await world.Colleague(Roles.Reader), $"anna-{Guid.NewGuid():N}@sundsvall.example");
        using var mail = world.WithMail();
        var me = await world.As(mallory);
        (await me.Put(Path, (await me.Get(Path)).Tag,
            new { name = "Mallory", email = theirs, language = "sv", password = mallory.Password })).Is(HttpStatusCode.OK);
        var link = Assert.Single(await LinksTo(theirs));
        (await (await world.As(world.Admin)).Create(
            "/identity/v1/people", new { name = "Anna", email = theirs, language = "sv" })).Is(HttpStatusCode.Created);
        (await Confirms(link)).Refuses(HttpStatusCode.Conflict, "person.email-not-possible");
    }

    [Fact]
    public async Task The_last_address_asked_for_is_the_one_and_a_link_dies_after_a_day()
    {
        var person = await world.Colleague(Roles.Officer);
        using var mail = world.WithMail();
        var me = await world.As(person);
        var (first, second) = ($"en-{Guid.NewGuid():N}@vårby.example", $"två-{Guid.NewGuid():N}@vårby.example");
        foreach (var address in new[] { first, second })
        {
            (await me.Put(Path, (await me.Get(Path)).Tag,
                new { name = "Anna", email = address, language = "sv", password = person.Password })).Is(HttpStatusCode.OK);
        }
        (await Confirms(Assert.Single(await LinksTo(first)))).Refuses(HttpStatusCode.Conflict, "link.not-valid");
        world.Clock.Advance(TimeSpan.FromHours(25));
        (await Confirms(Assert.Single(await LinksTo(second)))).Refuses(HttpStatusCode.Conflict, "link.not-valid");
    }

    [Fact]
    public async Task The_links_to_the_old_address_die_with_it()
    {
        var person = await world.Colleague(Roles.Officer);
        using var mail = world.WithMail();
        var me = await world.As(person);
        var mine = $"ny-{Guid.NewGuid():N}@vårby.example";
        (await world.Anonymous.Send(HttpMethod.Post, "/identity/v1/password-resets", new { email = person.Email }))
            .Is(HttpStatusCode.OK);
        await Eventually.Holds("a link is made", async () => await LinksOf(person) == 1);
        (await me.Put(Path, (await me.Get(Path)).Tag,
            new { name = "Anna", email = mine, language = "sv", password = person.Password })).Is(HttpStatusCode.OK);
        Assert.Equal(2, await LinksOf(person));
        (await Confirms(Assert.Single(await LinksTo(mine)))).Is(HttpStatusCode.OK);
        Assert.Equal(0, await LinksOf(person));
    }

    [Fact]
    public async Task Another_address_needs_a_fresh_sign_in_and_a_mail_server()
    {
        var person = await world.Colleague(Roles.Officer);
        var me = await world.As(person);
        var wish = new
        {
            name = "Anna", email = $"ny-{Guid.NewGuid():N}@vårby.example", language = "sv", password = person.Password,
        };
        (await me.Put(Path, (await me.Get(Path)).Tag, wish)).Refuses(HttpStatusCode.Conflict, "person.address-needs-mail");
        using var mail = world.WithMail();
        await using (var connection = new Npgsql.NpgsqlConnection(world.Database.ConnectionString))
        {
            await connection.OpenAsync();
            await using var earlier = new Npgsql.NpgsqlCommand(
                "UPDATE session SET begun_at = begun_at - interval '11 minutes' WHERE person_id = $1", connection);
            earlier.Parameters.Add(new Npgsql.NpgsqlParameter { Value = person.Id });
            Assert.NotEqual(0, await earlier.ExecuteNonQueryAsync());
        }
        (await me.Put(Path, (await me.Get(Path)).Tag, wish)).Refuses(HttpStatusCode.Conflict, "person.sign-in-again");
    }

    [Fact]
    public async Task Anothers_address_is_refused_without_saying_whose_it_is()
    {
        var person = await world.Colleague(Roles.Officer);
        using var mail = world.WithMail();
        var me = await world.As(person);
        var refused = (await me.Put(Path, (await me.Get(Path)).Tag,
            new { name = "Anna", email = world.Admin.Email.ToUpperInvariant(), language = "sv", password = person.Password }))
            .Refuses(HttpStatusCode.Conflict, "person.email-not-possible");
        Assert.DoesNotContain(world.Admin.Id.ToString(), refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_invites_is_told_whose_account_an_address_has()
    {
        var person = await world.Colleague(Roles.Officer);
        var me = await world.As(person);
        (await me.Put(Path, (await me.Get(Path)).Tag, new { name = "Vera Lund", email = person.Email, language = "sv" }))
            .Is(HttpStatusCode.OK);
        var known = (await (await world.As(world.AssociationsAdmin)).Create(
            "/identity/v1/people", new { name = "Anna Berg", email = person.Email, language = "sv" }))
            .Refuses(HttpStatusCode.Conflict, "person.email-taken");
        Assert.Equal(person.Id, known.Body.GetProperty("existingId").GetGuid());
        Assert.Contains("Vera Lund", known.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private Task<Reply> Confirms(AccountLinkMade link) => world.Anonymous.Send(
        HttpMethod.Post, $"/identity/v1/address-changes/{link.Path.Split('/')[^1]}", new { });

    private async Task<List<AccountLinkMade>> LinksTo(string email) =>
        [.. (await world.Announced<AccountLinkMade>()).Where(link => link.Email == email)];

    private Task<long> LinksOf(SomeBody person) =>
        world.Scalar<long>("SELECT count(*) FROM one_time_link WHERE person_id = $1", person.Id);
}
