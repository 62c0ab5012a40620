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
public sealed class FirstPasswordTests(FederationWorld world) : IAsyncLifetime
{
    private const string Password = "yet another horse battery";
    private readonly string _anna = $"anna-{Guid.NewGuid():N}";
    private Forger _forger = null!;
    private Guid _provider;

    public async ValueTask InitializeAsync()
    {
        world.ClockIsRight();
        _forger = await Forger.Start();
        _provider = (await world.Provider(_forger.Issuer)).GetProperty("id").GetGuid();
        await world.Grant(_provider, "officers", Roles.Officer);
    }

    public async ValueTask DisposeAsync()
    {
        await _forger.DisposeAsync();
        await world.EndProviders();
    }

    [Fact]
    public async Task Whoever_came_by_a_provider_gets_a_password_when_both_organisations_say_so()
    {
        var anna = await ComesIn();
        (await world.Admin(world.Association).Create("/identity/v1/memberships", new
        {
            personId = anna, organisationId = world.Association, roles = new[] { Roles.Signatory },
        })).Is(HttpStatusCode.Created);
        var asked = (await world.Admin(world.Municipality).Create(
            "/identity/v1/second-factor-resets", new { personId = anna, reason = "Ska skriva under för föreningen." }))
            .Is(HttpStatusCode.Created);
        Assert.Equal("first-password", asked.Body.GetProperty("kind").GetString());
        var confirmation = $"/identity/v1/second-factor-resets/{asked.Id}/confirmation";
        (await world.Admin(world.Municipality).Act(confirmation, asked.Tag))
            .Refuses(HttpStatusCode.Conflict, "reset.other-organisation"); // two of those who run the provider
        Assert.DoesNotContain(await world.Announced<AccountLinkMade>(), link => link.PersonId == anna);
        (await world.Admin(world.Association).Act(confirmation, asked.Tag)).Is(HttpStatusCode.OK);
        var link = Assert.Single(await world.Announced<AccountLinkMade>(), one => one.PersonId == anna);
        Assert.Equal(("invitation", $"{_anna}@vårby.example"), (link.Kind, link.Email));
        Assert.StartsWith("/inbjudan/", link.Path, StringComparison.Ordinal);

        var (accepted, secret) = await world.Accepts(link.Path.Split('/')[^1], Password);
        accepted.Is(HttpStatusCode.OK);
        var person = new SomeBody(anna, $"{_anna}@vårby.example", Password, secret);
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = new Browser(world);
        var token = new JsonWebToken((await browser.Exchange(await browser.CodeFor(person))).Is(HttpStatusCode.OK)
            .Body.GetProperty("access_token").GetString());
        // What was given by hand; what the municipality's login says counts only for whoever comes by it.
        Assert.Equal(world.Association.ToString(), token.GetClaim("org").Value);
        Assert.Equal([Roles.Signatory], token.Claims.Where(claim => claim.Type == "roles").Select(claim => claim.Value));
        Assert.Equal(anna, await ComesIn());
    }

    [Fact]
    public async Task Being_signed_in_by_a_provider_gives_nobody_a_password_or_a_second_factor()
    {
        var anna = await ComesIn();
        var me = world.Self(anna);
        Assert.False((await me.Get("/identity/v1/session/account")).Body.GetProperty("hasPassword").GetBoolean());
        (await me.Send(HttpMethod.Post, "/identity/v1/session/password", new { password = "", newPassword = Password }))
            .Refuses(HttpStatusCode.Conflict, "person.no-password");
        (await me.Send(HttpMethod.Post, "/identity/v1/session/recovery-codes", new { password = "" }))
            .Refuses(HttpStatusCode.Conflict, "person.no-password");
        (await world.Anonymous.Send(
            HttpMethod.Post, "/identity/v1/password-resets", new { email = $"{_anna}@vårby.example" })).Is(HttpStatusCode.OK);
        await Eventually.Holds("the wish was looked at", async () => await world.Scalar<long>(
            "SELECT count(*) FROM timer WHERE kind = 'password-links' AND done_at IS NULL AND due_at <= $1",
            world.Clock.GetUtcNow()) == 0);
        Assert.DoesNotContain(await world.Announced<AccountLinkMade>(), link => link.PersonId == anna);
        Assert.Equal(0, await world.Scalar<long>(
            "SELECT count(*) FROM one_time_link WHERE person_id = $1", anna));
    }

    private async Task<Guid> ComesIn()
    {
        world.ClockIsRight();
        using var traveller = new Traveller(world);
        var sent = HttpUtility.ParseQueryString((await traveller.Leaves(_provider)).Query);
        var now = world.Clock.GetUtcNow();
        _forger.IdToken = _forger.Signed(new Dictionary<string, object>
        {
            ["iss"] = _forger.Issuer, ["aud"] = FederationWorld.ClientId, ["sub"] = _anna, ["nonce"] = sent["nonce"]!,
            ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(), ["name"] = "Anna Andersson",
            ["email"] = $"{_anna}@vårby.example", ["groups"] = new[] { "officers" },
        });
        var state = Uri.EscapeDataString(sent["state"]!);
        return Guid.Parse((await traveller.Token(await traveller.ComesBack(new Uri(
            $"http://localhost/identity/v1/sign-in/providers/{_provider}/callback?code=a&state={state}")))).Subject);
    }
}
