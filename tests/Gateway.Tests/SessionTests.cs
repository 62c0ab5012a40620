using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Iop.Identity.Tests;
using Iop.Kernel;

namespace Iop.Gateway.Tests;

[Collection(nameof(IdentityWorld))]
public sealed class SessionTests(IdentityWorld identity) : IDisposable
{
    private readonly GatewayHost _gateway = new(identity);

    [Fact]
    public async Task Signing_in_leads_back_to_the_page_one_wanted_with_a_session_in_a_cookie()
    {
        using var visitor = new Visitor(_gateway);
        var back = await visitor.SignIn(identity, identity.Admin, "/avtal?sida=2");
        Assert.Equal("/avtal?sida=2", back.Headers.Location?.ToString());
        var cookie = back.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("iop-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(identity.Admin.Email, (await Session(visitor)).GetProperty("person").GetProperty("email").GetString());
        // The ticket of the way there is used up; the device stays known.
        Assert.Equal(["iop-device", "iop-session"], visitor.Cookies.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Services_get_the_token_and_never_the_cookie()
    {
        using var visitor = new Visitor(_gateway);
        await visitor.SignIn(identity, identity.Admin);
        visitor.Has("iop-lang", "en");
        var service = await visitor.Reaches("/agreements/v1/partnerships?limit=5", ("Authorization", "Bearer made-up"));
        Assert.Equal(("agreements", "/agreements/v1/partnerships?limit=5"), (service.Service, service.Path));
        Assert.StartsWith("Bearer ey", service.Authorization, StringComparison.Ordinal);
        Assert.Null(service.Cookie);
        var pages = await visitor.Reaches("/samverkan");
        Assert.Equal(("web", "iop-lang=en"), (pages.Service, pages.Cookie));
        Assert.StartsWith("Bearer ey", pages.Authorization, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_brings_a_token_and_no_cookie_is_let_through_with_it()
    {
        using var program = new Visitor(_gateway);
        Assert.Equal("Bearer of-its-own",
            (await program.Reaches("/follow-up/v1/plans", ("Authorization", "Bearer of-its-own"))).Authorization);
    }

    [Fact]
    public async Task Another_organisation_counts_from_the_next_request()
    {
        var person = await identity.Colleague(Roles.Officer);
        await IdentityWorld.GivenBy(
            await identity.As(identity.AssociationsAdmin), person, IdentityWorld.Association, Roles.Signatory);
        using var visitor = new Visitor(_gateway);
        await visitor.SignIn(identity, person);
        var before = (await visitor.Reaches("/registry/v1/entries")).Authorization;
        Assert.Equal(before, (await visitor.Reaches("/registry/v1/entries")).Authorization); // kept, not asked for each time
        using var choice = JsonContent.Create(new { organisationId = IdentityWorld.Association });
        Assert.Equal(HttpStatusCode.OK, (await visitor.Post("/identity/v1/session/organisation", choice)).StatusCode);
        Assert.NotEqual(before, (await visitor.Reaches("/registry/v1/entries")).Authorization);
        Assert.Equal("Föreningen Vårsol", (await Session(visitor)).GetProperty("acting").GetProperty("organisationName")
            .GetString());
    }

    [Fact]
    public async Task Signing_out_counts_at_once()
    {
        using var visitor = new Visitor(_gateway);
        await visitor.SignIn(identity, identity.Admin);
        var session = visitor.Session!;
        await visitor.Reaches("/samverkan");
        await visitor.Post("/session/end", null);
        Assert.Null(visitor.Session);
        visitor.Has("iop-session", session); // as somebody who had copied the cookie
        Assert.Null((await visitor.Reaches("/samverkan")).Authorization);
        Assert.Null(visitor.Session);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.Get("/identity/v1/session")).StatusCode);
    }

    [Fact]
    public async Task Signing_out_takes_the_cookie_also_when_Identity_is_away()
    {
        using var visitor = new Visitor(_gateway);
        await visitor.SignIn(identity, identity.Admin);
        var session = visitor.Session!;
        using var cutOff = new GatewayHost(identity, ("services:identity:http:0", "http://127.0.0.1:9")); // nobody is there
        using var there = new Visitor(cutOff);
        there.Has("iop-session", session);
        var left = await there.Post("/session/end", null);
        Assert.Equal((HttpStatusCode.Redirect, "/"), (left.StatusCode, left.Headers.Location?.ToString()));
        Assert.Null(there.Session);
    }

    [Fact]
    public async Task A_made_up_bearer_costs_nobody_a_token()
    {
        using var visitor = new Visitor(_gateway);
        await visitor.SignIn(identity, identity.Admin);
        var genuine = (await visitor.Reaches("/samverkan")).Authorization!;
        var parts = genuine["Bearer ".Length..].Split('.');
        using var forger = new Visitor(_gateway);
        var forged = $"Bearer {parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}"; // the same session, another's signature
        foreach (var (method, path) in new[] { (HttpMethod.Get, "/identity/v1/session"),
            (HttpMethod.Delete, "/identity/v1/session"), (HttpMethod.Post, "/identity/v1/session/nowhere") })
        {
            var refused = await forger.Send(method, path, null, ("Authorization", forged), ("Origin", "http://localhost"));
            Assert.Contains(refused.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.NotFound });
        }
        Assert.Equal(genuine, (await visitor.Reaches("/samverkan")).Authorization);
    }

    [Fact]
    public async Task A_stolen_cookie_lives_four_minutes_at_most_where_signing_out_was_not_handled()
    {
        using var elsewhere = new GatewayHost(identity);
        using var visitor = new Visitor(_gateway);
        using var thief = new Visitor(elsewhere);
        await visitor.SignIn(identity, identity.Admin);
        thief.Has("iop-session", visitor.Session!);
        Assert.NotNull((await thief.Reaches("/samverkan")).Authorization);
        await visitor.Post("/session/end", null);
        identity.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Null((await thief.Reaches("/samverkan")).Authorization);
        Assert.Null(thief.Session);
    }

    [Fact]
    public async Task A_session_planted_in_a_browser_is_not_the_one_that_signing_in_there_begins()
    {
        var victim = await identity.Colleague(Roles.Reader);
        using var attacker = new Visitor(_gateway);
        using var visitor = new Visitor(_gateway);
        await attacker.SignIn(identity, identity.Admin);
        var planted = attacker.Session!;
        visitor.Has("iop-session", planted);
        await visitor.SignIn(identity, victim);
        Assert.NotEqual(planted, visitor.Session);
        Assert.Equal(victim.Email, (await Session(visitor)).GetProperty("person").GetProperty("email").GetString());
        Assert.Equal(
            identity.Admin.Email, (await Session(attacker)).GetProperty("person").GetProperty("email").GetString());
    }

    [Fact]
    public async Task Signing_out_everywhere_counts_at_once_where_it_is_done()
    {
        using var visitor = new Visitor(_gateway);
        using var other = new Visitor(_gateway);
        var person = await identity.Colleague(Roles.Reader);
        await visitor.SignIn(identity, person);
        await other.SignIn(identity, person);
        Assert.NotNull((await other.Reaches("/samverkan")).Authorization);
        var answer = await visitor.Send(HttpMethod.Delete, "/identity/v1/session/devices", null, ("Origin", "http://localhost"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null((await visitor.Reaches("/samverkan")).Authorization);
        Assert.Null((await other.Reaches("/samverkan")).Authorization);
    }

    [Fact]
    public async Task Nobody_is_signed_in_by_another_browsers_code()
    {
        using var attacker = new Visitor(_gateway);
        using var victim = new Visitor(_gateway);
        identity.Clock.Advance(TimeSpan.FromSeconds(30));
        var callback = await attacker.CallbackFor(identity, identity.Admin);
        await victim.Get("/session/start");
        await victim.Get(callback);
        Assert.Null(victim.Session);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")] // browsers leave the tab out
    public async Task Signing_in_never_leads_to_another_site(string returnUrl)
    {
        using var visitor = new Visitor(_gateway);
        Assert.Equal("/", (await visitor.SignIn(identity, identity.Admin, returnUrl)).Headers.Location?.ToString());
    }

    public void Dispose() => _gateway.Dispose();

    private static async Task<JsonElement> Session(Visitor visitor) =>
        await (await visitor.Get("/identity/v1/session")).EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
}
