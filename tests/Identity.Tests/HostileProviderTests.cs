using System.Net;
using System.Security.Cryptography;
using System.Web;
using Iop.Identity.Federation;
using Iop.Kernel;
using Iop.TestKit;
using Microsoft.AspNetCore.Http;

namespace Iop.Identity.Tests;

/// <summary>Whatever a provider says that is not right, nobody comes in by it.</summary>
[Collection(nameof(FederationWorld))]
public sealed class HostileProviderTests(FederationWorld world) : IAsyncLifetime
{
    private const string Tenant = "0b0c0d00-0000-4000-8000-000000000001";
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
    public async Task A_token_in_which_all_is_right_lets_in()
    {
        using var traveller = new Traveller(world);
        var ended = await Arrives(traveller, claims => _forger.Signed(claims));
        Assert.Equal(world.Municipality.ToString(), (await traveller.Token(ended)).GetClaim("org").Value);
    }

    [Theory]
    [InlineData("nonce", "provider-not-genuine")]
    [InlineData("no nonce", "provider-not-genuine")]
    [InlineData("issuer", "provider-not-genuine")]
    [InlineData("audience", "provider-not-genuine")]
    [InlineData("audience of several, made out to another", "provider-not-genuine")]
    [InlineData("signature", "provider-not-genuine")]
    [InlineData("signature of an unknown key", "provider-not-genuine")]
    [InlineData("algorithm none", "provider-not-genuine")]
    [InlineData("algorithm of the shared secret", "provider-not-genuine")]
    [InlineData("no expiry", "provider-clock")]
    [InlineData("expired", "provider-clock")]
    [InlineData("made in the future", "provider-clock")]
    [InlineData("not a token", "provider-not-genuine")]
    [InlineData("no address", "provider-no-email")]
    [InlineData("address not vouched for", "provider-no-email")]
    [InlineData("address of which nothing is said", "provider-no-email")]
    [InlineData("as a directory that nobody has let in", "provider-no-email")]
    [InlineData("no group that gives a role", "no-membership")]
    [InlineData("groups left out", "provider-many-groups")]
    public async Task A_token_that_is_wrong_lets_nobody_in(string wrong, string error)
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var traveller = new Traveller(world);
        var people = await world.Scalar<long>("SELECT count(*) FROM person");
        var ended = await Arrives(traveller, claims =>
        {
            Spoil(claims, wrong);
            return wrong switch
            {
                "signature" => _forger.Signed(claims, key: stranger),
                "signature of an unknown key" => _forger.Signed(claims, key: stranger, keyId: "unknown"),
                "algorithm none" => _forger.Signed(claims, alg: "none"),
                "algorithm of the shared secret" => _forger.Signed(claims, alg: "HS256", secret: FederationWorld.Secret),
                "not a token" => "not.a.token",
                _ => _forger.Signed(claims),
            };
        });
        Assert.Equal("/logga-in", ended.AbsolutePath);
        Assert.Equal(error, Traveller.Error(ended));
        Assert.Equal(people, await world.Scalar<long>("SELECT count(*) FROM person"));
    }

    [Fact]
    public async Task An_address_that_is_somebody_elses_makes_nobody_that_person()
    {
        var email = $"vera-{Guid.NewGuid():N}@vårby.example";
        var vera = await world.WithPassword(email);
        using var traveller = new Traveller(world);
        var ended = await Arrives(traveller, claims =>
        {
            claims["email"] = email.ToUpperInvariant();
            return _forger.Signed(claims);
        });
        Assert.Equal("provider-email-known", Traveller.Error(ended));
        Assert.Equal(0, await world.Scalar<long>("SELECT count(*) FROM login WHERE person_id = $1", vera.Id));
    }

    [Fact]
    public async Task Only_the_tenant_that_was_named_comes_in_and_the_person_is_the_directorys_own()
    {
        _forger.CalledInstead = _forger.Issuer + "/{tenantid}/v2.0";
        _provider = (await world.Provider(_forger.Issuer, tenant: Tenant)).GetProperty("id").GetGuid();
        await world.Grant(_provider, "IOP.Handläggare", Roles.Officer, source: "app-role");
        var oid = Guid.NewGuid().ToString();
        using var foreigner = new Traveller(world);
        Assert.Equal("provider-foreign-tenant",
            Traveller.Error(await Arrives(foreigner, claims => Entra(claims, Guid.NewGuid()))));
        using var traveller = new Traveller(world);
        var first = await traveller.Token(await Arrives(traveller, claims => Entra(claims, new Guid(Tenant))));
        Assert.Equal([Roles.Officer], first.Claims.Where(claim => claim.Type == "roles").Select(claim => claim.Value));
        using var again = new Traveller(world); // the subject differs from client to client, the person does not
        Assert.Equal(first.Subject,
            (await again.Token(await Arrives(again, claims => Entra(claims, new Guid(Tenant))))).Subject);

        string Entra(Dictionary<string, object> claims, Guid tid)
        {
            claims["iss"] = $"{_forger.Issuer}/{Tenant}/v2.0";
            claims["sub"] = Guid.NewGuid().ToString();
            (claims["tid"], claims["oid"], claims["roles"]) = (tid.ToString(), oid, new[] { "IOP.Handläggare" });
            claims["preferred_username"] = $"anna-{oid}@vårby.example";
            claims.Remove("email");
            claims.Remove("groups");
            return _forger.Signed(claims);
        }
    }

    [Fact]
    public async Task One_that_serves_many_directories_says_for_which_it_is_used()
    {
        _forger.CalledInstead = _forger.Issuer + "/{tenantid}/v2.0";
        var outcome = await Tried(_provider);
        Assert.Equal(("provider-misdescribed", "tenant-wanted"), outcome);
        _forger.CalledInstead = "https://elsewhere.example/{tenantid}/v2.0";
        Assert.Equal(("provider-misdescribed", "other-issuer"), await Tried(_provider));
        _forger.CalledInstead = "https://elsewhere.example";
        Assert.Equal(("provider-misdescribed", "other-issuer"), await Tried(_provider));
    }

    [Fact]
    public async Task New_keys_are_fetched_when_a_token_names_one_and_no_more_often_than_is_decent()
    {
        using var first = new Traveller(world);
        await first.Token(await Arrives(first, claims => _forger.Signed(claims)));
        _forger.Rotate("second");
        world.Clock.Advance(TimeSpan.FromSeconds(31));
        using var second = new Traveller(world);
        await second.Token(await Arrives(second, claims => _forger.Signed(claims)));
        var asked = _forger.KeysAsked;
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var attacker = new Traveller(world);
            Assert.Equal("provider-not-genuine", Traveller.Error(
                await Arrives(attacker, claims => _forger.Signed(claims, key: stranger, keyId: $"{Guid.NewGuid()}"))));
        }
        Assert.Equal(asked, _forger.KeysAsked);
    }

    [Fact]
    public async Task Clocks_may_differ_a_little()
    {
        using var traveller = new Traveller(world);
        var ended = await Arrives(traveller, claims =>
        {
            var now = world.Clock.GetUtcNow();
            claims["iat"] = (now + ReadToken.SkewMax - TimeSpan.FromSeconds(1)).ToUnixTimeSeconds();
            claims["exp"] = (now - ReadToken.SkewMax + TimeSpan.FromSeconds(1)).ToUnixTimeSeconds();
            return _forger.Signed(claims);
        });
        Assert.NotNull(await traveller.Token(ended));
    }

    [Fact]
    public async Task What_a_token_leaves_out_is_asked_for_but_only_of_the_same_person()
    {
        using var traveller = new Traveller(world);
        _forger.UserInfo = new { }; // it says that it has one
        Dictionary<string, object> told = [];
        var ended = await Arrives(traveller, claims =>
        {
            told = new(claims);
            foreach (var name in new[] { "email", "name", "groups" }) claims.Remove(name);
            _forger.UserInfo = new { sub = told["sub"], email = told["email"], name = "Anna", groups = told["groups"] };
            return _forger.Signed(claims);
        });
        Assert.NotNull(await traveller.Token(ended));
        using var other = new Traveller(world);
        ended = await Arrives(other, claims =>
        {
            claims.Remove("email");
            return _forger.Signed(claims);
        });
        Assert.Equal("provider-not-genuine", Traveller.Error(ended)); // the userinfo endpoint speaks of the one before
    }

    [Fact]
    public async Task Groups_that_only_the_userinfo_endpoint_gives_count_and_it_is_asked_in_the_words_it_wants()
    {
        var path = $"/identity/v1/providers/{_provider}";
        (await world.Admin(world.Municipality).Put(path, "\"1\"", new
        {
            name = "Vårby kommun", clientId = FederationWorld.ClientId, scopes = "openid  groups email groups",
        })).Is(HttpStatusCode.OK);
        _forger.UserInfo = new { };
        using var traveller = new Traveller(world);
        var ended = await Arrives(traveller, claims =>
        {
            _forger.UserInfo = new { sub = claims["sub"], groups = claims["groups"] };
            claims.Remove("groups");
            return _forger.Signed(claims);
        });
        Assert.Equal([Roles.Officer], RolesIn(await traveller.Token(ended)));
        using var again = new Traveller(world);
        Assert.Equal("openid groups email", HttpUtility.ParseQueryString((await again.Leaves(_provider)).Query)["scope"]);
    }

    [Fact]
    public async Task With_the_groups_left_out_app_roles_count_and_what_groups_gave_stays_as_it_was()
    {
        await world.Grant(_provider, "IOP.Jurist", Roles.Legal, source: "app-role");
        var subject = $"{Guid.NewGuid()}";
        Assert.Equal([Roles.Legal, Roles.Officer], await Comes("officers", "IOP.Jurist"));
        Assert.Equal([Roles.Legal, Roles.Officer], await Comes(null, "IOP.Jurist"));
        Assert.Equal([Roles.Legal], await Comes("others", "IOP.Jurist")); // now it has been said
        Assert.Equal([Roles.Legal], await Comes(null, "IOP.Jurist"));
        using var nobody = new Traveller(world); // no app role gives anything: nobody can know what she may do
        Assert.Equal("provider-many-groups", Traveller.Error(await Arrives(nobody, claims => Says(claims, null, null))));

        async Task<IEnumerable<string>> Comes(string? group, string? appRole)
        {
            using var traveller = new Traveller(world);
            return RolesIn(await traveller.Token(await Arrives(traveller, claims => Says(claims, group, appRole))));
        }

        string Says(Dictionary<string, object> claims, string? group, string? appRole)
        {
            (claims["sub"], claims["email"]) = (subject, $"anna-{subject}@vårby.example");
            if (appRole is not null) claims["roles"] = new[] { appRole };
            if (group is null) Spoil(claims, "groups left out");
            else claims["groups"] = new[] { group };
            return _forger.Signed(claims);
        }
    }

    [Fact]
    public async Task An_answer_to_nobodys_question_to_anothers_or_twice_is_not_heard()
    {
        using var traveller = new Traveller(world);
        var sent = HttpUtility.ParseQueryString((await traveller.Leaves(_provider)).Query);
        _forger.IdToken = _forger.Signed(Right(sent["nonce"]!));
        var callback = Callback(_provider, sent["state"]!);
        using var attacker = new Traveller(world);
        await attacker.Leaves(_provider);
        Assert.Equal("expired", Traveller.Error(await attacker.ComesBack(callback))); // in another browser
        Assert.Equal("expired", Traveller.Error(await traveller.ComesBack(Callback(_provider, "made-up"))));
        await traveller.Token(await traveller.ComesBack(callback));
        Assert.Equal("expired", Traveller.Error(await traveller.ComesBack(callback)));
        sent = HttpUtility.ParseQueryString((await traveller.Leaves(_provider)).Query);
        world.Clock.Advance(Journey.Lasts);
        Assert.Equal("expired", Traveller.Error(await traveller.ComesBack(Callback(_provider, sent["state"]!))));
    }

    [Fact]
    public async Task One_provider_does_not_answer_in_anothers_place()
    {
        await using var honest = await Forger.Start();
        honest.SaysWhoAnswers = true;
        var other = (await world.Provider(honest.Issuer)).GetProperty("id").GetGuid();
        using var traveller = new Traveller(world);
        var state = HttpUtility.ParseQueryString((await traveller.Leaves(other)).Query)["state"]!;
        // At the attacker's address:
        Assert.Equal("expired", Traveller.Error(await traveller.ComesBack(Callback(_provider, state))));
        Assert.Equal("provider-not-genuine",
            Traveller.Error(await traveller.ComesBack(Callback(other, state, $"&iss={_forger.Issuer}"))));
        state = HttpUtility.ParseQueryString((await traveller.Leaves(other)).Query)["state"]!;
        Assert.Equal("provider-not-genuine", Traveller.Error(await traveller.ComesBack(Callback(other, state)))); // it promised
        Assert.Empty(honest.Form);
    }

    [Fact]
    public async Task A_provider_that_is_away_slow_or_says_far_too_much_keeps_only_its_own_people_out()
    {
        using var traveller = new Traveller(world);
        foreach (var (trouble, detail) in Troubles())
        {
            _forger.Instead = trouble;
            var (code, said) = await Tried(_provider);
            Assert.Equal(detail, $"{code} {said}");
            world.Clock.Advance(TimeSpan.FromDays(2)); // what it said once is old
            Assert.Equal(code, Traveller.Error(await traveller.Leaves(_provider)));
        }
        await using var another = await Forger.Start();
        var well = (await world.Provider(another.Issuer)).GetProperty("id").GetGuid();
        Assert.StartsWith(another.Issuer, (await traveller.Leaves(well)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_provider_away_a_while_its_last_word_counts()
    {
        using var traveller = new Traveller(world);
        await traveller.Leaves(_provider);
        _forger.Instead = http => Task.FromResult(Status(http, 503));
        world.Clock.Advance(TimeSpan.FromHours(2));
        Assert.StartsWith(_forger.Issuer, (await traveller.Leaves(_provider)).ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<(Func<HttpContext, Task<bool>> Trouble, string Said)> Troubles()
    {
        yield return (http => Task.FromResult(Status(http, 503)), "provider-away 503");
        yield return (http =>
        {
            http.Response.Headers.Location = "http://127.0.0.1:1/";
            return Task.FromResult(Status(http, 302));
        }, "provider-misdescribed not-json");
        yield return (http => Task.FromResult(Status(http, 404)), "provider-misdescribed not-json");
        yield return (async http =>
        {
            await http.Response.WriteAsync(new string(' ', 600_000) + "{}");
            return true;
        }, "provider-away too-long");
        yield return (async http =>
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
            return true;
        }, "provider-away slow");
    }

    private static bool Status(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return true;
    }

    private async Task<(string? Code, string? Detail)> Tried(Guid provider)
    {
        var outcome = (await world.Admin(world.Municipality).Send(
            HttpMethod.Post, $"/identity/v1/providers/{provider}/tests", body: null)).Is(HttpStatusCode.OK).Body;
        Assert.False(outcome.GetProperty("works").GetBoolean());
        return (outcome.GetProperty("code").GetString(), outcome.GetProperty("detail").GetString());
    }

    private async Task<Uri> Arrives(Traveller traveller, Func<Dictionary<string, object>, string> token)
    {
        var sent = HttpUtility.ParseQueryString((await traveller.Leaves(_provider)).Query);
        _forger.IdToken = token(Right(sent["nonce"]!));
        return await traveller.ComesBack(Callback(_provider, sent["state"]!));
    }

    private Dictionary<string, object> Right(string nonce)
    {
        var (now, subject) = (world.Clock.GetUtcNow(), Guid.NewGuid().ToString());
        return new Dictionary<string, object>
        {
            ["iss"] = _forger.Issuer, ["aud"] = FederationWorld.ClientId, ["sub"] = subject, ["nonce"] = nonce,
            ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(), ["name"] = "Anna Andersson",
            ["email"] = $"anna-{subject}@vårby.example", ["groups"] = new[] { "officers", "others" },
            ["email_verified"] = true,
        };
    }

    private void Spoil(Dictionary<string, object> claims, string wrong)
    {
        var now = world.Clock.GetUtcNow();
        switch (wrong)
        {
            case "nonce": claims["nonce"] = "another"; break;
            case "no nonce": claims.Remove("nonce"); break;
            case "issuer": claims["iss"] = "https://login.elsewhere.example"; break;
            case "audience": claims["aud"] = "another-client"; break;
            case "audience of several, made out to another":
                (claims["aud"], claims["azp"]) = (new[] { FederationWorld.ClientId, "another-client" }, "another-client");
                break;
            case "no expiry": claims.Remove("exp"); break;
            case "expired": claims["exp"] = (now - ReadToken.SkewMax - TimeSpan.FromSeconds(1)).ToUnixTimeSeconds(); break;
            case "made in the future":
                claims["iat"] = (now + ReadToken.SkewMax + TimeSpan.FromSeconds(2)).ToUnixTimeSeconds();
                break;
            case "no address": claims.Remove("email"); break;
            case "address not vouched for": claims["email_verified"] = false; break;
            case "address of which nothing is said": _forger.Vouches = !claims.Remove("email_verified"); break;
            case "as a directory that nobody has let in":
                (_forger.Vouches, claims["tid"]) = (!claims.Remove("email_verified"), Tenant);
                break;
            case "no group that gives a role": claims["groups"] = new[] { "others" }; break;
            case "groups left out":
                claims.Remove("groups");
                claims["_claim_names"] = new Dictionary<string, string> { ["groups"] = "src1" };
                break;
        }
    }

    private static IEnumerable<string> RolesIn(Microsoft.IdentityModel.JsonWebTokens.JsonWebToken token) =>
        token.Claims.Where(claim => claim.Type == "roles").Select(claim => claim.Value);

    private static Uri Callback(Guid provider, string state, string more = "") => new(
        $"http://localhost/identity/v1/sign-in/providers/{provider}/callback?code=a-code&state={Uri.EscapeDataString(state)}{more}");
}
