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
public sealed class HostileProviderTests(FederationWorld world) : AtForgedProvider(world)
{
    private const string Tenant = "0b0c0d00-0000-4000-8000-000000000001";

    [Fact]
    public async Task A_token_in_which_all_is_right_lets_in()
    {
        using var traveller = new Traveller(World);
        var ended = await Arrives(traveller, claims => Forger.Signed(claims));
        Assert.Equal(World.Municipality.ToString(), (await traveller.Token(ended)).GetClaim("org").Value);
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
        using var traveller = new Traveller(World);
        var people = await World.Scalar<long>("SELECT count(*) FROM person");
        var ended = await Arrives(traveller, claims =>
        {
            Spoil(claims, wrong);
            return wrong switch
            {
                "signature" => Forger.Signed(claims, key: stranger),
                "signature of an unknown key" => Forger.Signed(claims, key: stranger, keyId: "unknown"),
                "algorithm none" => Forger.Signed(claims, alg: "none"),
                "algorithm of the shared secret" => Forger.Signed(claims, alg: "HS256", secret: FederationWorld.Secret),
                "not a token" => "not.a.token",
                _ => Forger.Signed(claims),
            };
        });
        Assert.Equal("/logga-in", ended.AbsolutePath);
        Assert.Equal(error, Traveller.Error(ended));
        Assert.Equal(people, await World.Scalar<long>("SELECT count(*) FROM person"));
    }

    [Fact]
    public async Task An_address_that_is_somebody_elses_makes_nobody_that_person()
    {
        var email = $"vera-{Guid.NewGuid():N}@vårby.example";
        var vera = await World.WithPassword(email);
        using var traveller = new Traveller(World);
        var ended = await Arrives(traveller, claims =>
        {
            claims["email"] = email.ToUpperInvariant();
            return Forger.Signed(claims);
        });
        Assert.Equal("provider-email-known", Traveller.Error(ended));
        Assert.Equal(0, await World.Scalar<long>("SELECT count(*) FROM login WHERE person_id = $1", vera.Id));
    }

    [Fact]
    public async Task Only_the_tenant_that_was_named_comes_in_and_the_person_is_the_directorys_own()
    {
        Forger.CalledInstead = Forger.Issuer + "/{tenantid}/v2.0";
        Provider = (await World.Provider(Forger.Issuer, tenant: Tenant)).GetProperty("id").GetGuid();
        await World.Grant(Provider, "IOP.Handläggare", Roles.Officer, source: "app-role");
        var oid = Guid.NewGuid().ToString();
        using var foreigner = new Traveller(World);
        Assert.Equal("provider-foreign-tenant",
            Traveller.Error(await Arrives(foreigner, claims => Entra(claims, Guid.NewGuid()))));
        using var traveller = new Traveller(World);
        var first = await traveller.Token(await Arrives(traveller, claims => Entra(claims, new Guid(Tenant))));
        Assert.Equal([Roles.Officer], first.Claims.Where(claim => claim.Type == "roles").Select(claim => claim.Value));
        using var again = new Traveller(World); // the subject differs from client to client, the person does not
        Assert.Equal(first.Subject,
            (await again.Token(await Arrives(again, claims => Entra(claims, new Guid(Tenant))))).Subject);

        string Entra(Dictionary<string, object> claims, Guid tid)
        {
            claims["iss"] = $"{Forger.Issuer}/{Tenant}/v2.0";
            claims["sub"] = Guid.NewGuid().ToString();
            (claims["tid"], claims["oid"], claims["roles"]) = (tid.ToString(), oid, new[] { "IOP.Handläggare" });
            claims["preferred_username"] = $"anna-{oid}@vårby.example";
            claims.Remove("email");
            claims.Remove("groups");
            return Forger.Signed(claims);
        }
    }

    [Fact]
    public async Task One_that_serves_many_directories_says_for_which_it_is_used()
    {
        Forger.CalledInstead = Forger.Issuer + "/{tenantid}/v2.0";
        var outcome = await Tried(Provider);
        Assert.Equal(("provider-misdescribed", "tenant-wanted"), outcome);
        Forger.CalledInstead = "https://elsewhere.example/{tenantid}/v2.0";
        Assert.Equal(("provider-misdescribed", "other-issuer"), await Tried(Provider));
        Forger.CalledInstead = "https://elsewhere.example";
        Assert.Equal(("provider-misdescribed", "other-issuer"), await Tried(Provider));
    }

    [Fact]
    public async Task New_keys_are_fetched_when_a_token_names_one_and_no_more_often_than_is_decent()
    {
        using var first = new Traveller(World);
        await first.Token(await Arrives(first, claims => Forger.Signed(claims)));
        Forger.Rotate("second");
        World.Clock.Advance(TimeSpan.FromSeconds(31));
        using var second = new Traveller(World);
        await second.Token(await Arrives(second, claims => Forger.Signed(claims)));
        var asked = Forger.KeysAsked;
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var attacker = new Traveller(World);
            Assert.Equal("provider-not-genuine", Traveller.Error(
                await Arrives(attacker, claims => Forger.Signed(claims, key: stranger, keyId: $"{Guid.NewGuid()}"))));
        }
        Assert.Equal(asked, Forger.KeysAsked);
    }

    [Fact]
    public async Task Clocks_may_differ_a_little()
    {
        using var traveller = new Traveller(World);
        var ended = await Arrives(traveller, claims =>
        {
            var now = World.Clock.GetUtcNow();
            claims["iat"] = (now + ReadToken.SkewMax - TimeSpan.FromSeconds(1)).ToUnixTimeSeconds();
            claims["exp"] = (now - ReadToken.SkewMax + TimeSpan.FromSeconds(1)).ToUnixTimeSeconds();
            return Forger.Signed(claims);
        });
        Assert.NotNull(await traveller.Token(ended));
    }

    [Fact]
    public async Task What_a_token_leaves_out_is_asked_for_but_only_of_the_same_person()
    {
        using var traveller = new Traveller(World);
        Forger.UserInfo = new { }; // it says that it has one
        Dictionary<string, object> told = [];
        var ended = await Arrives(traveller, claims =>
        {
            told = new(claims);
            foreach (var name in new[] { "email", "name", "groups" }) claims.Remove(name);
            Forger.UserInfo = new { sub = told["sub"], email = told["email"], name = "Anna", groups = told["groups"] };
            return Forger.Signed(claims);
        });
        Assert.NotNull(await traveller.Token(ended));
        using var other = new Traveller(World);
        ended = await Arrives(other, claims =>
        {
            claims.Remove("email");
            return Forger.Signed(claims);
        });
        Assert.Equal("provider-not-genuine", Traveller.Error(ended)); // the userinfo endpoint speaks of the one before
    }

    [Fact]
    public async Task Groups_that_only_the_userinfo_endpoint_gives_count_and_it_is_asked_in_the_words_it_wants()
    {
        var path = $"/identity/v1/providers/{Provider}";
        (await World.Admin(World.Municipality).Put(path, "\"1\"", new
        {
            name = "Vårby kommun", clientId = FederationWorld.ClientId, scopes = "openid  groups email groups",
        })).Is(HttpStatusCode.OK);
        Forger.UserInfo = new { };
        using var traveller = new Traveller(World);
        var ended = await Arrives(traveller, claims =>
        {
            Forger.UserInfo = new { sub = claims["sub"], groups = claims["groups"] };
            claims.Remove("groups");
            return Forger.Signed(claims);
        });
        Assert.Equal([Roles.Officer], RolesIn(await traveller.Token(ended)));
        using var again = new Traveller(World);
        Assert.Equal("openid groups email", HttpUtility.ParseQueryString((await again.Leaves(Provider)).Query)["scope"]);
    }

    [Fact]
    public async Task With_the_groups_left_out_app_roles_count_and_what_groups_gave_stays_as_it_was()
    {
        await World.Grant(Provider, "IOP.Jurist", Roles.Legal, source: "app-role");
        var subject = $"{Guid.NewGuid()}";
        Assert.Equal([Roles.Legal, Roles.Officer], await Comes("officers", "IOP.Jurist"));
        Assert.Equal([Roles.Legal, Roles.Officer], await Comes(null, "IOP.Jurist"));
        Assert.Equal([Roles.Legal], await Comes("others", "IOP.Jurist")); // now it has been said
        Assert.Equal([Roles.Legal], await Comes(null, "IOP.Jurist"));
        using var nobody = new Traveller(World); // no app role gives anything: nobody can know what she may do
        Assert.Equal("provider-many-groups", Traveller.Error(await Arrives(nobody, claims => Says(claims, null, null))));

        async Task<IEnumerable<string>> Comes(string? group, string? appRole)
        {
            using var traveller = new Traveller(World);
            return RolesIn(await traveller.Token(await Arrives(traveller, claims => Says(claims, group, appRole))));
        }

        string Says(Dictionary<string, object> claims, string? group, string? appRole)
        {
            (claims["sub"], claims["email"]) = (subject, $"anna-{subject}@vårby.example");
            if (appRole is not null) claims["roles"] = new[] { appRole };
            if (group is null) Spoil(claims, "groups left out");
            else claims["groups"] = new[] { group };
            return Forger.Signed(claims);
        }
    }

    [Fact]
    public async Task An_answer_to_nobodys_question_to_anothers_or_twice_is_not_heard()
    {
        using var traveller = new Traveller(World);
        var sent = HttpUtility.ParseQueryString((await traveller.Leaves(Provider)).Query);
        Forger.IdToken = Forger.Signed(Right(sent["nonce"]!, Guid.NewGuid().ToString()));
        var callback = Callback(Provider, sent["state"]!);
        using var attacker = new Traveller(World);
        await attacker.Leaves(Provider);
        Assert.Equal("expired", Traveller.Error(await attacker.ComesBack(callback))); // in another browser
        Assert.Equal("expired", Traveller.Error(await traveller.ComesBack(Callback(Provider, "made-up"))));
        await traveller.Token(await traveller.ComesBack(callback));
        Assert.Equal("expired", Traveller.Error(await traveller.ComesBack(callback)));
        sent = HttpUtility.ParseQueryString((await traveller.Leaves(Provider)).Query);
        World.Clock.Advance(Journey.Lasts);
        Assert.Equal("expired", Traveller.Error(await traveller.ComesBack(Callback(Provider, sent["state"]!))));
    }

    [Fact]
    public async Task One_provider_does_not_answer_in_anothers_place()
    {
        await using var honest = await Forger.Start();
        honest.SaysWhoAnswers = true;
        var other = (await World.Provider(honest.Issuer)).GetProperty("id").GetGuid();
        using var traveller = new Traveller(World);
        var state = HttpUtility.ParseQueryString((await traveller.Leaves(other)).Query)["state"]!;
        // At the attacker's address:
        Assert.Equal("expired", Traveller.Error(await traveller.ComesBack(Callback(Provider, state))));
        Assert.Equal("provider-not-genuine",
            Traveller.Error(await traveller.ComesBack(Callback(other, state, $"&iss={Forger.Issuer}"))));
        state = HttpUtility.ParseQueryString((await traveller.Leaves(other)).Query)["state"]!;
        Assert.Equal("provider-not-genuine", Traveller.Error(await traveller.ComesBack(Callback(other, state)))); // it promised
        Assert.Empty(honest.Form);
    }

    [Fact]
    public async Task A_provider_that_is_away_slow_or_says_far_too_much_keeps_only_its_own_people_out()
    {
        using var traveller = new Traveller(World);
        foreach (var (trouble, detail) in Troubles())
        {
            Forger.Instead = trouble;
            var (code, said) = await Tried(Provider);
            Assert.Equal(detail, $"{code} {said}");
            World.Clock.Advance(TimeSpan.FromDays(2)); // what it said once is old
            Assert.Equal(code, Traveller.Error(await traveller.Leaves(Provider)));
        }
        await using var another = await Forger.Start();
        var well = (await World.Provider(another.Issuer)).GetProperty("id").GetGuid();
        Assert.StartsWith(another.Issuer, (await traveller.Leaves(well)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_provider_away_a_while_its_last_word_counts()
    {
        using var traveller = new Traveller(World);
        await traveller.Leaves(Provider);
        Forger.Instead = http => Task.FromResult(Status(http, 503));
        World.Clock.Advance(TimeSpan.FromHours(2));
        Assert.StartsWith(Forger.Issuer, (await traveller.Leaves(Provider)).ToString(), StringComparison.Ordinal);
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
        var outcome = (await World.Admin(World.Municipality).Send(
            HttpMethod.Post, $"/identity/v1/providers/{provider}/tests", body: null)).Is(HttpStatusCode.OK).Body;
        Assert.False(outcome.GetProperty("works").GetBoolean());
        return (outcome.GetProperty("code").GetString(), outcome.GetProperty("detail").GetString());
    }

    private void Spoil(Dictionary<string, object> claims, string wrong)
    {
        var now = World.Clock.GetUtcNow();
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
            case "address of which nothing is said": Forger.Vouches = !claims.Remove("email_verified"); break;
            case "as a directory that nobody has let in":
                (Forger.Vouches, claims["tid"]) = (!claims.Remove("email_verified"), Tenant);
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
