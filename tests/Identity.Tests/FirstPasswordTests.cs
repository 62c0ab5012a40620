using System.Net;
using System.Web;
using Iop.Contracts.Identity;
using Iop.Kernel;
using Iop.TestKit;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Iop.Identity.Tests;

/// <summary>Whoever came by a provider gets a password when people of the organisations say so, and never by what the provider
/// opens.</summary>
[Collection(nameof(FederationWorld))]
public sealed class FirstPasswordTests(FederationWorld world) : AtForgedProvider(world)
{
    private const string Password = "yet another horse battery";
    private readonly string _anna = $"anna-{Guid.NewGuid():N}";

    [Fact]
    public async Task Whoever_came_by_a_provider_gets_a_password_when_both_organisations_say_so()
    {
        var anna = await ComesIn();
        (await World.Admin(World.Association).Create("/identity/v1/memberships", new
        {
            personId = anna, organisationId = World.Association, roles = new[] { Roles.Signatory },
        })).Is(HttpStatusCode.Created);
        var asked = (await World.Admin(World.Municipality).Create(
            "/identity/v1/second-factor-resets", new { personId = anna, reason = "Ska skriva under för föreningen." }))
            .Is(HttpStatusCode.Created);
        Assert.Equal("first-password", asked.Body.GetProperty("kind").GetString());
        var confirmation = $"/identity/v1/second-factor-resets/{asked.Id}/confirmation";
        (await World.Admin(World.Municipality).Act(confirmation, asked.Tag))
            .Refuses(HttpStatusCode.Conflict, "reset.other-organisation"); // two of those who run the provider
        Assert.DoesNotContain(await World.Announced<AccountLinkMade>(), link => link.PersonId == anna);
        (await World.Admin(World.Association).Act(confirmation, asked.Tag)).Is(HttpStatusCode.OK);
        var link = Assert.Single(await World.Announced<AccountLinkMade>(), one => one.PersonId == anna);
        Assert.Equal(("invitation", $"{_anna}@vårby.example"), (link.Kind, link.Email));
        Assert.StartsWith("/inbjudan/", link.Path, StringComparison.Ordinal);

        var (accepted, secret) = await World.Accepts(link.Path.Split('/')[^1], Password);
        accepted.Is(HttpStatusCode.OK);
        var person = new SomeBody(anna, $"{_anna}@vårby.example", Password, secret);
        World.Clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = new Browser(World);
        var token = new JsonWebToken((await browser.Exchange(await browser.CodeFor(person))).Is(HttpStatusCode.OK)
            .Body.GetProperty("access_token").GetString());
        // What was given by hand; what the municipality's login says counts only for whoever comes by it.
        Assert.Equal(World.Association.ToString(), token.GetClaim("org").Value);
        Assert.Equal([Roles.Signatory], token.Claims.Where(claim => claim.Type == "roles").Select(claim => claim.Value));
        Assert.Equal(anna, await ComesIn());
    }

    [Fact]
    public async Task Being_signed_in_by_a_provider_gives_nobody_a_password_or_a_second_factor()
    {
        var anna = await ComesIn();
        var me = World.Self(anna);
        Assert.False((await me.Get("/identity/v1/session/account")).Body.GetProperty("hasPassword").GetBoolean());
        (await me.Send(HttpMethod.Post, "/identity/v1/session/password", new { password = "", newPassword = Password }))
            .Refuses(HttpStatusCode.Conflict, "person.no-password");
        (await me.Send(HttpMethod.Post, "/identity/v1/session/recovery-codes", new { password = "" }))
            .Refuses(HttpStatusCode.Conflict, "person.no-password");
        (await World.Anonymous.Send(
            HttpMethod.Post, "/identity/v1/password-resets", new { email = $"{_anna}@vårby.example" })).Is(HttpStatusCode.OK);
        await Eventually.Holds("the wish was looked at", async () => await World.Scalar<long>(
            "SELECT count(*) FROM timer WHERE kind = 'password-links' AND done_at IS NULL AND due_at <= $1",
            World.Clock.GetUtcNow()) == 0);
        Assert.DoesNotContain(await World.Announced<AccountLinkMade>(), link => link.PersonId == anna);
        Assert.Equal(0, await World.Scalar<long>(
            "SELECT count(*) FROM one_time_link WHERE person_id = $1", anna));
    }

    private async Task<Guid> ComesIn()
    {
        World.ClockIsRight();
        using var traveller = new Traveller(World);
        var sent = HttpUtility.ParseQueryString((await traveller.Leaves(Provider)).Query);
        var now = World.Clock.GetUtcNow();
        Forger.IdToken = Forger.Signed(new Dictionary<string, object>
        {
            ["iss"] = Forger.Issuer, ["aud"] = FederationWorld.ClientId, ["sub"] = _anna, ["nonce"] = sent["nonce"]!,
            ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(), ["name"] = "Anna Andersson",
            ["email"] = $"{_anna}@vårby.example", ["groups"] = new[] { "officers" },
        });
        var state = Uri.EscapeDataString(sent["state"]!);
        return Guid.Parse((await traveller.Token(await traveller.ComesBack(new Uri(
            $"http://localhost/identity/v1/sign-in/providers/{Provider}/callback?code=a&state={state}")))).Subject);
    }
}
