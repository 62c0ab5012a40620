using System.Net;
using System.Text.Json;
using System.Web;
using Iop.Identity.Trials;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.Identity.Tests;

/// <summary>An administrator tries the organisation's login by signing in there, and learns what is wrong before anybody else
/// does.</summary>
[Collection(nameof(FederationWorld))]
public sealed class TrialTests(FederationWorld world) : IAsyncLifetime
{
    private const string Tenant = "0b0c0d00-0000-4000-8000-000000000002";
    private readonly Municipality _municipality = new();
    private readonly string _anna = $"anna-{Guid.NewGuid():N}"[..20];
    private Caller _admin = null!;
    private Guid _provider;

    public ValueTask InitializeAsync()
    {
        world.ClockIsRight();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _municipality.DisposeAsync();
        await world.EndProviders();
    }

    [Fact]
    public async Task A_trial_shows_what_the_login_says_and_what_would_follow_and_nobody_has_come_in()
    {
        await Opens(FederationWorld.Secret);
        var before = await All();
        using var traveller = new Traveller(world);
        var visad = await Tries(traveller);
        var shown = await Look(visad);
        Assert.Equal((false, "no-membership", "no-grants"), Outcome(shown));
        var token = shown.GetProperty("token");
        Assert.Equal((_municipality.Issuer, _anna, "Anna Andersson", $"{_anna}@vårby.example"),
            (Text(token, "issuer"), Text(token, "subject"), Text(token, "name"), Text(token, "email")));
        Assert.True(token.GetProperty("emailVerified").GetBoolean() && token.GetProperty("emailCounts").GetBoolean());
        var groups = token.GetProperty("groups");
        Assert.Equal((50, 11), (groups.GetProperty("items").GetArrayLength(), groups.GetProperty("notShown").GetInt32()));
        Assert.False(token.GetProperty("appRoles").GetProperty("spoken").GetBoolean());

        await world.Grant(_provider, "Grupp 60", Roles.Officer, unit: world.SocialServices);
        shown = await Look(visad); // the same trial, by the grants as they are now
        Assert.Equal((true, null, null), Outcome(shown));
        var follows = Assert.Single(shown.GetProperty("follows").EnumerateArray());
        Assert.Equal(("Vårby kommun", "Socialförvaltningen", Roles.Officer),
            (Text(follows, "organisationName"), Text(follows, "unitName"), follows.GetProperty("roles")[0].GetString()));
        Assert.Equal(before, await All());
        Assert.Equal(0, await world.Scalar<long>(
            "SELECT count(*) FROM kept_trial WHERE position(convert_to($1, 'UTF8') in shown) > 0", _anna));
    }

    [Fact]
    public async Task A_secret_that_is_not_the_one_there_is_told_of_by_the_test_and_by_the_trial()
    {
        await Opens("another secret than the one that the platform has");
        using var traveller = new Traveller(world);
        Assert.Equal((false, "provider-refused", "invalid_client"), Outcome(await Look(await Tries(traveller))));
        var tested = (await world.Admin(world.Municipality).Send(
            HttpMethod.Post, $"/identity/v1/providers/{_provider}/tests", body: null)).Is(HttpStatusCode.OK).Body;
        Assert.Equal((false, "provider-refused", "invalid_client"), Outcome(tested));
    }

    [Fact]
    public async Task A_login_that_knows_us_passes_the_test()
    {
        await Opens(FederationWorld.Secret);
        var tested = (await world.Admin(world.Municipality).Send(
            HttpMethod.Post, $"/identity/v1/providers/{_provider}/tests", body: null)).Is(HttpStatusCode.OK).Body;
        Assert.Equal((true, null, null), Outcome(tested));
    }

    [Fact]
    public async Task A_login_that_is_away_is_told_of_before_leaving()
    {
        _provider = (await world.Provider(_municipality.Issuer)).GetProperty("id").GetGuid();
        using var traveller = new Traveller(world);
        await Administrator();
        var ended = await traveller.LeavesOnTrial(_provider, world.As(_admin));
        Assert.Equal((false, "provider-away", "ConnectionError"), Outcome(await Look(Shown(ended))));
    }

    [Theory]
    [InlineData("tenant", "provider-foreign-tenant", "tenant")]
    [InlineData("no tenant", "provider-foreign-tenant", "no-tenant")]
    [InlineData("audience", "provider-not-genuine", "audience")]
    [InlineData("issuer", "provider-not-genuine", "token-issuer")]
    [InlineData("signature", "provider-not-genuine", "signature")]
    [InlineData("expired", "provider-clock", "clock")]
    [InlineData("no groups", "no-membership", "no-groups")]
    [InlineData("other groups", "no-membership", "no-match")]
    [InlineData("groups left out", "provider-many-groups", "groups-left-out")]
    [InlineData("not verified", "provider-no-email", "not-verified")]
    [InlineData("no address", "provider-no-email", "no-address")]
    [InlineData("somebody's address", "provider-email-known", "email-known")]
    [InlineData("nothing", null, null)]
    public async Task What_is_wrong_is_named(string wrong, string? code, string? detail)
    {
        await using var forger = await Forger.Start();
        _provider = (await world.Provider(forger.Issuer, tenant: Tenant)).GetProperty("id").GetGuid();
        await world.Grant(_provider, "officers", Roles.Officer);
        var taken = $"{Guid.NewGuid():N}@vårby.example";
        if (wrong == "somebody's address") await world.WithPassword(taken);
        using var traveller = new Traveller(world);
        await Administrator();
        var sent = HttpUtility.ParseQueryString((await traveller.LeavesOnTrial(_provider, world.As(_admin))).Query);
        var claims = Right(forger.Issuer, sent["nonce"]!);
        using var stranger = System.Security.Cryptography.ECDsa.Create();
        Spoil(claims, wrong, taken);
        forger.IdToken = forger.Signed(claims, key: wrong == "signature" ? stranger : null);
        Assert.Equal((code is null, code, detail), Outcome(await Look(Shown(await traveller.ComesBack(Back(sent["state"]!))))));
    }

    [Fact]
    public async Task The_providers_own_words_are_shown_as_they_are_to_whoever_looks_after_the_login()
    {
        await using var forger = await Forger.Start();
        _provider = (await world.Provider(forger.Issuer)).GetProperty("id").GetGuid();
        using var traveller = new Traveller(world);
        await Administrator();
        var sent = HttpUtility.ParseQueryString((await traveller.LeavesOnTrial(_provider, world.As(_admin))).Query);
        var refused = Back(sent["state"]!).ToString().Replace(
            "code=a-code", "error=invalid_scope&error_description=AADSTS70011%3A+nej", StringComparison.Ordinal);
        var shown = await Look(Shown(await traveller.ComesBack(new Uri(refused))));
        Assert.Equal((false, "provider-refused", "invalid_scope"), Outcome(shown));
        Assert.Equal("AADSTS70011: nej", Text(shown, "words"));
    }

    [Fact]
    public async Task A_trial_is_for_whoever_made_it_and_for_ten_minutes()
    {
        await Opens(FederationWorld.Secret);
        using var traveller = new Traveller(world);
        var visad = await Tries(traveller);
        var path = $"/identity/v1/providers/{_provider}/trials";
        (await world.Admin(world.Municipality).Send(HttpMethod.Post, path, new { shown = visad }))
            .Refuses(HttpStatusCode.Conflict, "provider.no-trial");
        (await world.Admin(world.Association).Send(HttpMethod.Post, path, new { shown = visad })).Is(HttpStatusCode.NotFound);
        var officer = world.As(Callers.Of(world.Municipality, Roles.Officer));
        (await officer.Send(HttpMethod.Post, path, new { shown = visad })).Is(HttpStatusCode.Forbidden);
        (await officer.Get($"/identity/v1/sign-in/providers/{_provider}/trial")).Is(HttpStatusCode.Forbidden);
        (await world.Admin(world.Association).Get($"/identity/v1/sign-in/providers/{_provider}/trial"))
            .Is(HttpStatusCode.NotFound);
        await Look(visad);
        world.Clock.Advance(KeptTrial.Lasts);
        (await world.As(_admin).Send(HttpMethod.Post, path, new { shown = visad }))
            .Refuses(HttpStatusCode.Conflict, "provider.no-trial");
    }

    private async Task Opens(string secretThere)
    {
        var provider = await world.Provider(_municipality.Issuer);
        _provider = provider.GetProperty("id").GetGuid();
        await _municipality.Start(new
        {
            client_id = FederationWorld.ClientId, client_secret = secretThere, token_endpoint_auth_method = "client_secret_post",
            redirect_uris = new[] { provider.GetProperty("redirectUri").GetString() },
        }, new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [_anna] = new
            {
                name = "Anna Andersson", email = $"{_anna}@vårby.example",
                groups = Enumerable.Range(0, 61).Select(number => $"Grupp {number}"),
            },
        });
        await Administrator();
    }

    // A trial is a person's own: whoever administers has to be there.
    private async Task Administrator() => _admin = Callers.Of(world.Municipality, Roles.Admin) with
    {
        Person = (await world.WithPassword($"{Guid.NewGuid():N}@vårby.example", role: null)).Id,
    };

    private async Task<string> Tries(Traveller traveller)
    {
        var callback = await _municipality.SignIn(await traveller.LeavesOnTrial(_provider, world.As(_admin)), _anna);
        world.ClockIsRight();
        return Shown(await traveller.ComesBack(callback));
    }

    private string Shown(Uri ended)
    {
        Assert.Equal($"/inloggningstjanster/{_provider}/provinloggning", ended.AbsolutePath);
        return HttpUtility.ParseQueryString(ended.Query)["visad"]!;
    }

    private async Task<JsonElement> Look(string visad) => (await world.As(_admin).Send(
        HttpMethod.Post, $"/identity/v1/providers/{_provider}/trials", new { shown = visad })).Is(HttpStatusCode.OK).Body;

    private static (bool, string?, string?) Outcome(JsonElement shown) =>
        (shown.GetProperty("works").GetBoolean(), Text(shown, "code"), Text(shown, "detail"));

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() : null;

    private Task<long> All() => world.Scalar<long>("""
        SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM login) + (SELECT count(*) FROM session)
          + (SELECT count(*) FROM membership) + (SELECT count(*) FROM unconfirmed_login) + (SELECT count(*) FROM outbox)
        """);

    private Uri Back(string state) => new(
        $"http://localhost/identity/v1/sign-in/providers/{_provider}/callback?code=a-code&state={Uri.EscapeDataString(state)}");

    private Dictionary<string, object> Right(string issuer, string nonce)
    {
        var now = world.Clock.GetUtcNow();
        return new Dictionary<string, object>
        {
            ["iss"] = issuer, ["aud"] = FederationWorld.ClientId, ["sub"] = $"{Guid.NewGuid()}", ["nonce"] = nonce,
            ["tid"] = Tenant, ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
            ["name"] = "Anna", ["email"] = $"{Guid.NewGuid():N}@vårby.example", ["groups"] = new[] { "officers" },
            ["email_verified"] = true,
        };
    }

    private void Spoil(Dictionary<string, object> claims, string wrong, string taken)
    {
        switch (wrong)
        {
            case "tenant": claims["tid"] = $"{Guid.NewGuid()}"; break;
            case "no tenant": claims.Remove("tid"); break;
            case "audience": claims["aud"] = "another-client"; break;
            case "issuer": claims["iss"] = "https://login.elsewhere.example"; break;
            case "expired": claims["exp"] = world.Clock.GetUtcNow().AddHours(-1).ToUnixTimeSeconds(); break;
            case "no groups": claims.Remove("groups"); break;
            case "other groups": claims["groups"] = new[] { "others" }; break;
            case "not verified": claims["email_verified"] = false; break;
            case "no address": claims.Remove("email"); break;
            case "somebody's address": claims["email"] = taken; break;
            case "groups left out":
                claims.Remove("groups");
                claims["_claim_names"] = new Dictionary<string, string> { ["groups"] = "src1" };
                break;
        }
    }
}
