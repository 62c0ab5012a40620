using System.Net;
using System.Text.Json;
using Iop.Identity.SigningIn;
using Iop.Kernel;
using Iop.TestKit;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Iop.Identity.Tests;

[Collection(nameof(IdentityWorld))]
public sealed class SignInTests(IdentityWorld world)
{
    [Fact]
    public async Task A_code_with_its_verifier_becomes_a_token_of_five_minutes_for_one_organisation()
    {
        var person = await world.Colleague(Roles.Officer, Roles.Controller);
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = new Browser(world);
        var answer = (await browser.Exchange(await browser.CodeFor(person))).Is(HttpStatusCode.OK).Body;
        var token = new JsonWebToken(answer.GetProperty("access_token").GetString());
        Assert.Equal("http://localhost", token.Issuer);
        Assert.Equal(["iop"], token.Audiences);
        Assert.Equal(person.Id.ToString(), token.Subject);
        Assert.Equal(IdentityWorld.Municipality.ToString(), token.GetClaim("org").Value);
        Assert.Equal([Roles.Controller, Roles.Officer], token.Claims.Where(claim => claim.Type == "roles")
            .Select(claim => claim.Value));
        Assert.True(Guid.TryParse(token.GetClaim("sid").Value, out _));
        Assert.Equal(TimeSpan.FromMinutes(5), token.ValidTo - token.IssuedAt);
        Assert.Equal("ES256", token.Alg);
        var idToken = new JsonWebToken(answer.GetProperty("id_token").GetString());
        Assert.Equal("nonce-1", idToken.GetClaim("nonce").Value);
        Assert.Equal(["cli"], idToken.Audiences);
    }

    [Fact]
    public async Task A_code_is_good_once_and_a_second_try_ends_what_the_first_gave()
    {
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = new Browser(world);
        var code = await browser.CodeFor(world.Admin);
        var token = (await browser.Exchange(code)).Is(HttpStatusCode.OK).Body.GetProperty("access_token").GetString()!;
        Assert.Equal("invalid_grant", ErrorOf(await browser.Exchange(code)));
        (await world.With(token).Get("/identity/v1/session")).Is(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("code_verifier", "this-is-not-the-verifier-of-the-challenge-at-all")]
    [InlineData("code_verifier", "")]
    [InlineData("redirect_uri", "http://127.0.0.1/elsewhere")]
    [InlineData("code", "never-given")]
    public async Task A_code_without_the_right_proof_is_refused_and_lost(string name, string value)
    {
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = new Browser(world);
        var code = await browser.CodeFor(world.Admin);
        Assert.Equal("invalid_grant", ErrorOf((await browser.Exchange(code, (name, value))).Is(HttpStatusCode.BadRequest)));
        if (name != "code") Assert.Equal("invalid_grant", ErrorOf(await browser.Exchange(code)));
    }

    [Fact]
    public async Task A_code_not_exchanged_within_a_minute_is_refused()
    {
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = new Browser(world);
        var code = await browser.CodeFor(world.Admin);
        world.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("invalid_grant", ErrorOf(await browser.Exchange(code)));
    }

    [Theory]
    [InlineData("redirect_uri", "https://evil.example/callback")]
    [InlineData("redirect_uri", "http://127.0.0.1/callback/")]
    [InlineData("client_id", "nobody")]
    public async Task Nobody_is_sent_to_an_address_that_is_not_the_clients(string name, string value)
    {
        using var browser = new Browser(world);
        var answer = await browser.Ask((name, value));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Theory]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge", "", "invalid_request")]
    [InlineData("state", "", "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    public async Task A_request_without_proof_key_or_state_is_refused(string name, string value, string error)
    {
        using var browser = new Browser(world);
        Assert.Equal(error, Browser.Parameter(await browser.Ask((name, value)), "error"));
    }

    [Fact]
    public async Task The_gateways_code_needs_the_gateways_secret()
    {
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = new Browser(world) { Client = "gateway", RedirectUri = "http://localhost/session/callback" };
        var code = await browser.CodeFor(world.Admin);
        Assert.Equal("invalid_client",
            ErrorOf((await browser.Exchange(code, ("client_secret", "guess"))).Is(HttpStatusCode.Unauthorized)));
        var answer = (await browser.Exchange(code, ("client_secret", IdentityWorld.GatewaySecret))).Is(HttpStatusCode.OK).Body;
        Assert.Equal(43, answer.GetProperty("session").GetString()!.Length);
    }

    [Fact]
    public async Task A_one_time_code_is_good_once()
    {
        var person = await world.Colleague(Roles.Reader);
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = new Browser(world);
        await browser.CodeFor(person);
        var again = await browser.Fill(await browser.Request(), person.Email, person.Password, browser.Totp(person));
        Assert.Equal("wrong", Browser.Parameter(again, "error"));
    }

    /// <summary>An address ends up in the browser's history and in the logs of whatever it passes.</summary>
    [Fact]
    public async Task What_was_typed_when_it_failed_stays_in_the_browser_and_stands_in_no_address()
    {
        var person = await world.Colleague(Roles.Reader);
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = new Browser(world) { Address = "192.0.2.77" };
        var failed = await browser.Fill(await browser.Request(), person.Email, "not the password", browser.Totp(person));
        var shown = Uri.UnescapeDataString(failed.Headers.Location!.ToString());
        Assert.StartsWith("/logga-in?request=", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(person.Email, shown, StringComparison.OrdinalIgnoreCase);
        var kept = Assert.Single(failed.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith($"iop-typed={Uri.EscapeDataString(person.Email)}; max-age=600; path=/logga-in;", kept,
            StringComparison.Ordinal);
        Assert.Contains("httponly", kept, StringComparison.Ordinal);
        var cameIn = await browser.Fill(await browser.Request(), person.Email, person.Password, browser.Totp(person));
        Assert.NotEmpty(Browser.Parameter(cameIn, "code"));
        Assert.Contains(cameIn.Headers.GetValues("Set-Cookie"),
            one => one.StartsWith("iop-typed=; expires=Thu, 01 Jan 1970", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unknown_address_wrong_password_and_wrong_code_get_the_same_answer()
    {
        var person = await world.Colleague(Roles.Reader);
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = new Browser(world) { Address = "192.0.2.7" };
        var request = await browser.Request();
        var right = browser.Totp(person);
        var wrong = (int.Parse(right, System.Globalization.CultureInfo.InvariantCulture) + 1) % 1_000_000;
        var answers = new[]
        {
            await browser.Fill(request, "nobody@vårby.example", person.Password, right),
            await browser.Fill(request, person.Email, "not the password", right),
            await browser.Fill(request, person.Email, person.Password, $"{wrong:D6}"),
        };
        Assert.All(answers, answer =>
        {
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            Assert.Equal("wrong", Browser.Parameter(answer, "error"));
            Assert.Equal(answers[0].Headers.Select(header => header.Key), answer.Headers.Select(header => header.Key));
        });
        // The right code was not used up by a wrong password.
        Assert.NotEmpty(Browser.Parameter(await browser.Fill(request, person.Email, person.Password, right), "code"));
    }

    [Fact]
    public async Task Whoever_guesses_must_wait_longer_and_longer_and_nobody_else_must()
    {
        var person = await world.Colleague(Roles.Reader);
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        using var attacker = new Browser(world) { Address = "198.51.100.9" };
        using var owner = new Browser(world) { Address = "192.0.2.8" };
        var request = await attacker.Request();
        for (var guess = 0; guess < 5; guess++) await attacker.Fill(request, person.Email, "guess " + guess, "000000");
        var refused = await attacker.Fill(request, person.Email, person.Password, attacker.Totp(person));
        Assert.Equal("locked-out", Browser.Parameter(refused, "error"));
        Assert.NotEmpty(Browser.Parameter(
            await owner.Fill(await owner.Request(), person.Email, person.Password, owner.Totp(person)), "code"));
        world.Clock.Advance(TimeSpan.FromSeconds(3));
        await attacker.Fill(request, person.Email, "guess", "000000");
        world.Clock.Advance(TimeSpan.FromSeconds(3)); // two seconds were enough the first time, now it is four
        Assert.Equal("locked-out", Browser.Parameter(await attacker.Fill(request, person.Email, "guess", "000000"), "error"));
        Assert.Equal("locked-out", await FifthGuessAt("nobody-at-all@vårby.example"));
    }

    [Fact]
    public async Task Whoever_knows_the_password_cannot_try_codes_for_long()
    {
        var person = await world.Colleague(Roles.Reader);
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        using var attacker = new Browser(world) { Address = "198.51.100.11" };
        var (request, right) = (await attacker.Request(), attacker.Totp(person));
        for (var guess = 0; guess < 5; guess++)
        {
            var wrong = (int.Parse(right, System.Globalization.CultureInfo.InvariantCulture) + 1 + guess) % 1_000_000;
            var refused = await attacker.Fill(request, person.Email, person.Password, $"{wrong:D6}");
            Assert.Equal("wrong", Browser.Parameter(refused, "error"));
        }
        Assert.Equal("locked-out", Browser.Parameter(
            await attacker.Fill(request, person.Email, person.Password, right), "error"));
    }

    [Fact]
    public async Task Keys_and_addresses_are_published()
    {
        var discovery = (await world.Anonymous.Get("/.well-known/openid-configuration")).Is(HttpStatusCode.OK).Body;
        Assert.Equal("http://localhost", discovery.GetProperty("issuer").GetString());
        var keys = (await world.Anonymous.Get("/.well-known/jwks.json")).Is(HttpStatusCode.OK).Body.GetProperty("keys");
        var key = Assert.Single(keys.EnumerateArray());
        Assert.Equal("ES256", key.GetProperty("alg").GetString());
        Assert.False(key.TryGetProperty("d", out _));
    }

    [Fact]
    public async Task Tokens_of_others_too_old_or_without_signature_are_refused()
    {
        var person = await world.Colleague(Roles.Reader);
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = new Browser(world);
        var token = (await browser.Exchange(await browser.CodeFor(person))).Body.GetProperty("access_token").GetString()!;
        (await world.With(token).Get("/identity/v1/session")).Is(HttpStatusCode.OK);
        var parts = token.Split('.');
        var none = Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode("""{"alg":"none","typ":"at+jwt"}""");
        (await world.With($"{none}.{parts[1]}.").Get("/identity/v1/session")).Is(HttpStatusCode.Unauthorized);
        using var foreign = new TestTokens(world.Clock);
        (await world.With(foreign.For(Callers.Of(IdentityWorld.Municipality, Roles.Admin))).Get("/identity/v1/memberships"))
            .Is(HttpStatusCode.Unauthorized);
        world.Clock.Advance(Tokens.Lifetime + TimeSpan.FromSeconds(31));
        (await world.With(token).Get("/identity/v1/session")).Is(HttpStatusCode.Unauthorized);
    }

    private async Task<string> FifthGuessAt(string email)
    {
        using var attacker = new Browser(world) { Address = "198.51.100.10" };
        var request = await attacker.Request();
        for (var guess = 0; guess < 5; guess++) await attacker.Fill(request, email, "guess " + guess, "000000");
        return Browser.Parameter(await attacker.Fill(request, email, "guess", "000000"), "error");
    }

    private static string? ErrorOf(Reply reply) =>
        JsonSerializer.Deserialize<JsonElement>(reply.Text).GetProperty("error").GetString();
}
