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
    public async Task Another_address_needs_a_fresh_sign_in_and_the_password_and_kills_the_links_to_the_old()
    {
        var person = await world.Colleague(Roles.Officer);
        var me = await world.As(person);
        var (tag, mine) = ((await me.Get(Path)).Tag, $"ny-{Guid.NewGuid():N}@vårby.example");
        world.Clock.Advance(TimeSpan.FromMinutes(4)); // the token lives, the sign-in is still fresh
        (await me.Put(Path, tag, new { name = "Anna", email = mine, language = "sv" }))
            .Refuses(HttpStatusCode.Conflict, "person.password-wrong");
        (await world.Anonymous.Send(HttpMethod.Post, "/identity/v1/password-resets", new { email = person.Email }))
            .Is(HttpStatusCode.OK);
        await Eventually.Holds("a link is made", async () => await LinksOf(person) == 1);
        (await me.Put(Path, tag, new { name = "Anna", email = mine, language = "sv", password = person.Password }))
            .Is(HttpStatusCode.OK);
        Assert.Equal(0, await LinksOf(person));
        Assert.Equal(mine, (await world.Announced<MembershipChanged>()).Last(one => one.PersonId == person.Id).Email);
        var moved = await world.As(person with { Email = mine }); // signs in with the new one
        await using (var connection = new Npgsql.NpgsqlConnection(world.Database.ConnectionString))
        {
            await connection.OpenAsync();
            await using var earlier = new Npgsql.NpgsqlCommand(
                "UPDATE session SET begun_at = begun_at - interval '11 minutes' WHERE person_id = $1", connection);
            earlier.Parameters.Add(new Npgsql.NpgsqlParameter { Value = person.Id });
            Assert.NotEqual(0, await earlier.ExecuteNonQueryAsync());
        }
        (await moved.Put(Path, (await moved.Get(Path)).Tag, new
        {
            name = "Anna", email = person.Email, language = "sv", password = person.Password,
        })).Refuses(HttpStatusCode.Conflict, "person.sign-in-again");
    }

    [Fact]
    public async Task Anothers_address_is_refused_without_saying_whose_it_is()
    {
        var person = await world.Colleague(Roles.Officer);
        var me = await world.As(person);
        var refused = (await me.Put(Path, (await me.Get(Path)).Tag,
            new { name = "Anna", email = world.Admin.Email.ToUpperInvariant(), language = "sv", password = person.Password }))
            .Refuses(HttpStatusCode.Conflict, "person.email-not-possible");
        Assert.DoesNotContain(world.Admin.Id.ToString(), refused.Text, StringComparison.Ordinal);
    }

    private Task<long> LinksOf(SomeBody person) =>
        world.Scalar<long>("SELECT count(*) FROM one_time_link WHERE person_id = $1", person.Id);
}
