using System.Net;
using System.Text.Json;
using System.Web;
using Iop.Contracts.Identity;
using Iop.Identity.Domain;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Identity.Tests;

/// <summary>An administrator sees whose roles follow the login, lets them follow it again, and whoever never comes back loses
/// them.</summary>
[Collection(nameof(FederationWorld))]
public sealed class FollowingTests(FederationWorld world) : AtForgedProvider(world)
{
    private readonly string _subject = $"{Guid.NewGuid()}";

    [Fact]
    public async Task Changed_by_hand_it_follows_no_more_until_an_administrator_lets_it_follow_again()
    {
        var person = await ComesIn();
        var member = await Member(person);
        var today = World.Clock.Today();
        Assert.Equal((Provider, today), (
            member.GetProperty("follows").GetProperty("id").GetGuid(), Day(member, "signedInOn")));
        Assert.Equal(SwedishTime.DateIn(World.Clock.GetUtcNow().AddDays(90)), Day(member.GetProperty("follows"), "endsOn"));
        Assert.Equal(0, member.GetProperty("mayFollow").GetArrayLength());

        var path = $"/identity/v1/memberships/{member.GetProperty("id").GetGuid()}";
        var admin = World.Admin(World.Municipality);
        var changed = (await admin.Put(path, Tag(member), new { roles = new[] { Roles.Legal } })).Is(HttpStatusCode.OK);
        Assert.Equal([Roles.Legal], await RolesAtNextSignIn());
        member = await Member(person);
        Assert.Equal(JsonValueKind.Null, member.GetProperty("follows").ValueKind);
        var choice = Assert.Single(member.GetProperty("mayFollow").EnumerateArray());
        Assert.Equal((Provider, "Vårby kommun"), (choice.GetProperty("id").GetGuid(), choice.GetProperty("name").GetString()));

        var body = new { providerId = Provider };
        (await admin.Send(HttpMethod.Post, path + "/following", body)).Is(HttpStatusCode.PreconditionRequired);
        (await admin.Act(path + "/following", "\"1\"", body)).Is(HttpStatusCode.PreconditionFailed);
        (await World.Admin(World.Association).Act(path + "/following", changed.Tag, body)).Is(HttpStatusCode.NotFound);
        (await World.As(Callers.Of(World.Municipality, Roles.Officer)).Act(path + "/following", changed.Tag, body))
            .Is(HttpStatusCode.Forbidden);
        (await admin.Act(path + "/following", changed.Tag, new { providerId = Guid.NewGuid() }))
            .Refuses(HttpStatusCode.Conflict, "membership.no-login-to-follow");
        var followed = (await admin.Act(path + "/following", changed.Tag, body)).Is(HttpStatusCode.OK);
        Assert.Equal(Provider, followed.Body.GetProperty("follows").GetProperty("id").GetGuid());
        Assert.Equal(Roles.Legal, Assert.Single(followed.Body.GetProperty("roles").EnumerateArray()).GetString());
        Assert.Equal([Roles.Officer], await RolesAtNextSignIn());
    }

    [Fact]
    public async Task Roles_of_whoever_has_no_such_login_do_not_follow_one()
    {
        var vera = await World.WithPassword($"{Guid.NewGuid():N}@vårby.example");
        var member = await Member(vera.Id);
        Assert.Equal(0, member.GetProperty("mayFollow").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, member.GetProperty("signedInOn").ValueKind);
        (await World.Admin(World.Municipality).Act(
            $"/identity/v1/memberships/{member.GetProperty("id").GetGuid()}/following", Tag(member), new { providerId = Provider }))
            .Refuses(HttpStatusCode.Conflict, "membership.no-login-to-follow");
    }

    [Fact]
    public async Task Whoever_does_not_come_in_by_it_for_ninety_days_has_no_roles_left_and_gets_them_back_by_coming()
    {
        var person = await ComesIn();
        World.Clock.Advance(TimeSpan.FromDays(60));
        await ComesIn();
        var last = World.Clock.GetUtcNow();
        World.Clock.SetTo(last + Membership.FollowsUnheardFor - TimeSpan.FromMinutes(1)); // long after the first one
        await Eventually.Holds("the first timer has moved on", async () => await Waiting(person) == 1
            && await World.Scalar<DateTime>(Due, person) is var due && Math.Abs((due - (last.UtcDateTime
                + Membership.FollowsUnheardFor)).TotalSeconds) < 1);
        Assert.Equal([Roles.Officer], await RolesOf(person));
        World.Clock.Advance(TimeSpan.FromMinutes(2));
        await Eventually.Holds("the roles have ended", async () => (await RolesOf(person)).Count == 0);
        Assert.Equal(1, await World.Scalar<long>(
            "SELECT count(*) FROM audit_trail WHERE operation = 'EndWhatIsNotUsed' AND person_id = $1 AND organisation_id = $2",
            person, World.Municipality));
        Assert.Equal(1, await World.Scalar<long>("""
            SELECT count(*) FROM audit_trail WHERE operation = 'EndWhatIsNotUsed' AND person_id = $1 AND organisation_id = $2
            """, person, World.Municipality));
        Assert.Equal(0, await Waiting(person));
        await ComesIn();
        Assert.Equal([Roles.Officer], await RolesOf(person));
        Assert.Equal(1, await Waiting(person));
    }

    [Fact]
    public async Task What_was_given_by_hand_does_not_end_with_the_days()
    {
        var person = await ComesIn();
        var member = await Member(person);
        (await World.Admin(World.Municipality).Put($"/identity/v1/memberships/{member.GetProperty("id").GetGuid()}",
            Tag(member), new { roles = new[] { Roles.Legal } })).Is(HttpStatusCode.OK);
        World.Clock.Advance(Membership.FollowsUnheardFor + TimeSpan.FromDays(1));
        await Eventually.Holds("the timer has rung", async () => await Waiting(person) == 0);
        Assert.Equal([Roles.Legal], await RolesOf(person));
    }

    [Fact]
    public async Task She_is_called_what_the_login_says_and_reached_where_it_vouches_for_it_unless_that_is_anothers()
    {
        var person = await ComesIn();
        var taken = $"{Guid.NewGuid():N}@vårby.example";
        await World.WithPassword(taken, role: null);
        Forger.Vouches = false;
        await ComesIn("Anna Berg", $"ny-{_subject}@vårby.example", verified: null);
        Forger.Vouches = true;
        Assert.Equal(("Anna Berg", $"anna-{_subject}@vårby.example"), await Told(person));
        await ComesIn("Anna Berg", $"Ny-{_subject}@vårby.example", verified: true);
        Assert.Equal(("Anna Berg", $"ny-{_subject}@vårby.example"), await Told(person));
        await ComesIn("Anna Ek", taken, verified: true);
        Assert.Equal(("Anna Ek", $"ny-{_subject}@vårby.example"), await Told(person));
        var version = (await Member(person)).GetProperty("version").GetInt64();
        await ComesIn("Anna Ek", taken, verified: true);
        Assert.Equal(version, (await Member(person)).GetProperty("version").GetInt64()); // nothing new, nothing told
    }

    [Fact]
    public async Task Whoever_has_another_way_in_is_renamed_by_no_login()
    {
        var person = await ComesIn();
        await World.Scalar<int>("""
            WITH given AS (UPDATE person SET password_hash = 'x', totp_secret = '' WHERE person_id = $1 RETURNING 1)
            SELECT count(*)::int FROM given
            """, person);
        await ComesIn("Någon Annan", $"annan-{_subject}@vårby.example", verified: true);
        Assert.Equal(("Anna Andersson", $"anna-{_subject}@vårby.example"), await Told(person));
    }

    [Fact]
    public async Task Whoever_has_roles_where_the_login_is_not_trusted_is_not_renamed_or_moved_by_it()
    {
        var person = await ComesIn();
        (await World.Admin(World.Association).Create("/identity/v1/memberships", new
        {
            personId = person, organisationId = World.Association, roles = new[] { Roles.Signatory },
        })).Is(HttpStatusCode.Created);
        await ComesIn("Någon Annan", $"annan-{_subject}@vårby.example", verified: true);
        Assert.Equal(("Anna Andersson", $"anna-{_subject}@vårby.example"), await Told(person));
    }

    private const string Due = """
        SELECT due_at FROM timer JOIN membership ON membership_id = subject_id
        WHERE kind = 'following-ends' AND done_at IS NULL AND person_id = $1
        """;

    private Task<long> Waiting(Guid person) => World.Scalar<long>($"SELECT count(*) FROM ({Due}) AS due", person);

    private async Task<IReadOnlyList<string>> RolesOf(Guid person) =>
        (await World.Announced<MembershipChanged>()).Last(one => one.PersonId == person).Roles;

    private async Task<JsonElement> Member(Guid person) => (await World.Admin(World.Municipality).Get(
        "/identity/v1/memberships")).Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()
        .Single(one => one.GetProperty("personId").GetGuid() == person);

    private static string Tag(JsonElement member) => $"\"{member.GetProperty("version").GetInt64()}\"";

    private static DateOnly Day(JsonElement of, string name) => DateOnly.Parse(
        of.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    private async Task<IReadOnlyList<string>> RolesAtNextSignIn() => await RolesOf(await ComesIn());

    private async Task<(string Name, string Email)> Told(Guid person) =>
        (await World.Announced<MembershipChanged>()).Last(one => one.PersonId == person) is var told
            ? (told.Name, told.Email) : default;

    private async Task<Guid> ComesIn(string name = "Anna Andersson", string? email = null, bool? verified = null)
    {
        using var traveller = new Traveller(World);
        var sent = HttpUtility.ParseQueryString((await traveller.Leaves(Provider)).Query);
        var now = World.Clock.GetUtcNow();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = Forger.Issuer, ["aud"] = FederationWorld.ClientId, ["sub"] = _subject, ["nonce"] = sent["nonce"]!,
            ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(), ["name"] = name,
            ["email"] = email ?? $"anna-{_subject}@vårby.example", ["groups"] = new[] { "officers" },
        };
        if (verified is { } vouched) claims["email_verified"] = vouched;
        Forger.IdToken = Forger.Signed(claims);
        return Guid.Parse((await traveller.Token(await traveller.ComesBack(new Uri(
            $"http://localhost/identity/v1/sign-in/providers/{Provider}/callback?code=a-code&state={sent["state"]}")))).Subject);
    }
}
