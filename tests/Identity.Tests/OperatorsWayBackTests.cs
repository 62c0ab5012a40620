using System.Net;
using System.Web;
using Iop.Contracts.Identity;
using Iop.Identity.Domain;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Identity.Tests;

/// <summary>An installation whose operators have lost everything is not lost: whoever has the machine lets one in, and all of
/// them hear.</summary>
public sealed class OperatorsWayBackTests(IdentityWorld world) : IClassFixture<IdentityWorld>
{
    private const string Root = "/identity/v1";
    private const string Password = "en helt annan häst";

    [Fact]
    public async Task The_only_operator_comes_back_by_a_link_asked_for_on_the_machine()
    {
        var session = await world.As(world.Operator);
        var (mails, lines) = ((await Mailed()).Count, await Lines());
        var token = await AsksOnTheMachine();
        Assert.Equal(lines + 1, await Lines());
        var mail = (await Mailed())[^1];
        Assert.Equal((mails + 1, world.Operator.Email), ((await Mailed()).Count, mail.Email));
        Assert.DoesNotContain(token, mail.Path, StringComparison.Ordinal);

        var (back, secret) = await Becomes(token, world.Operator.Email);
        Assert.Equal(world.Operator.Id, back.Is(HttpStatusCode.OK).Body.GetProperty("personId").GetGuid());
        (await session.Get($"{Root}/session")).Is(HttpStatusCode.NotFound);
        using var browser = new Browser(world) { Address = "192.0.2.99" };
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        var old = await browser.Fill(
            await browser.Request(), world.Operator.Email, world.Operator.Password, browser.Totp(world.Operator));
        Assert.Equal("wrong", Browser.Parameter(old, "error"));
        var known = world.Operator with { Password = Password, TotpSecret = secret };
        (await (await world.As(known)).Get($"{Root}/operators")).Is(HttpStatusCode.OK);
        (await Becomes(token, "nagon@drift.example")).Reply.Refuses(HttpStatusCode.Conflict, "link.not-valid");
        world.Operator = known;
    }

    [Fact]
    public async Task Or_another_becomes_operator_beside_and_who_has_not_come_in_does_not_count()
    {
        var admin = await world.As(world.Operator);
        var before = await CanSignIn(admin);
        var (another, _) = await Becomes(await AsksOnTheMachine(), $"{Guid.NewGuid():N}@drift.example");
        another.Is(HttpStatusCode.OK);
        Assert.Equal(before + 1, await CanSignIn(admin));
        var third = (await admin.Create($"{Root}/people",
            new { name = "Tredje Operatör", email = $"{Guid.NewGuid():N}@drift.example", language = "sv" }))
            .Is(HttpStatusCode.Created);
        (await admin.Create($"{Root}/memberships", new
        {
            personId = third.Id, organisationId = OrganisationRef.Operating.Value, roles = new[] { Roles.Operator },
        })).Is(HttpStatusCode.Created);
        Assert.Equal(before + 1, await CanSignIn(admin));
        (await world.Accepts(third.Body.GetProperty("invitationToken").GetString()!, Password)).Reply.Is(HttpStatusCode.OK);
        Assert.Equal(before + 2, await CanSignIn(admin));
        (await (await world.As(world.Admin)).Get($"{Root}/operators")).Is(HttpStatusCode.Forbidden);
    }

    /// <summary>Into other organisations the machine is no way.</summary>
    [Fact]
    public async Task Nobody_gets_into_the_account_of_somebody_who_does_more_than_operate()
    {
        var token = await AsksOnTheMachine();
        (await Becomes(token, world.Admin.Email)).Reply.Refuses(HttpStatusCode.Conflict, "operator.address-in-use");
        var both = await world.Invited();
        var admin = await world.As(world.Operator);
        await IdentityWorld.GivenBy(admin, both, OrganisationRef.Operating.Value, Roles.Operator);
        await IdentityWorld.GivenBy(await world.As(world.Admin), both, IdentityWorld.Municipality, Roles.Signatory);
        (await Becomes(token, both.Email)).Reply.Refuses(HttpStatusCode.Conflict, "operator.address-in-use");
        await world.As(both); // with the password and the app she has
        world.Clock.SetTo(DateTimeOffset.UtcNow.AddHours(2)); // the link lasts an hour
        (await Becomes(token, "sen@drift.example")).Reply.Refuses(HttpStatusCode.Conflict, "link.not-valid");
    }

    [Fact]
    public async Task Where_no_operator_can_come_in_every_start_offers_a_link()
    {
        using (Replica()) Assert.False(File.Exists(world.LinkFile)); // one can
        await world.Scalar<long>("""
            WITH gone AS (UPDATE person SET password_hash = NULL, totp_secret = NULL WHERE person_id IN (
              SELECT person_id FROM membership WHERE 'operator' = ANY (roles)) RETURNING 1) SELECT count(*) FROM gone
            """);
        using var started = Replica();
        var token = Token(await File.ReadAllTextAsync(world.LinkFile, TestContext.Current.CancellationToken));
        var (back, secret) = await Becomes(token, world.Operator.Email);
        back.Is(HttpStatusCode.OK);
        world.Operator = world.Operator with { Password = Password, TotpSecret = secret };

        HttpClient Replica()
        {
            File.Delete(world.LinkFile);
            return world.AnotherReplica();
        }
    }

    private async Task<string> AsksOnTheMachine()
    {
        File.Delete(world.LinkFile);
        await File.WriteAllTextAsync(world.LinkFile + ".wanted", "", TestContext.Current.CancellationToken);
        await Eventually.Holds("the link is written", () => Task.FromResult(
            File.Exists(world.LinkFile) && new FileInfo(world.LinkFile).Length > 0));
        Assert.False(File.Exists(world.LinkFile + ".wanted"));
        return Token(await File.ReadAllTextAsync(world.LinkFile, TestContext.Current.CancellationToken));
    }

    private static string Token(string link) => HttpUtility.ParseQueryString(new Uri(link.Trim()).Query)["token"]!;

    private Task<(Reply Reply, string Secret)> Becomes(string token, string email) => world.Proves(
        token, taken => world.Anonymous.Send(HttpMethod.Post, $"{Root}/bootstrap", new
        {
            oneTimeToken = token, name = "Olle Operatör", email, password = Password, language = "sv", code = taken.Code,
            offer = taken.Offer,
        }));

    private Task<long> Lines() => world.Scalar<long>(
        "SELECT count(*) FROM audit_trail WHERE operation = 'OfferOperatorLink' AND organisation_id = $1",
        OrganisationRef.Operating.Value);

    private async Task<List<AccountLinkMade>> Mailed() =>
        [.. (await world.Announced<AccountLinkMade>()).Where(
            link => link.PersonId == world.Operator.Id && link.Kind == "operator-link")];

    private static async Task<int> CanSignIn(CallerClient admin) =>
        (await admin.Get($"{Root}/operators")).Is(HttpStatusCode.OK).Body.GetProperty("canSignIn").GetInt32();
}
