using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Iop.Identity.Tests;

namespace Iop.Gateway.Tests;

[Collection(nameof(IdentityWorld))]
public sealed class ProtectionTests(IdentityWorld identity) : IDisposable
{
    private readonly GatewayHost _gateway = new(identity);

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("X-Nothing", "said")]
    public async Task Another_site_cannot_act_with_a_persons_session(string header, string value)
    {
        using var visitor = new Visitor(_gateway);
        await visitor.SignIn(identity, identity.Admin);
        var answer = await visitor.Post("/agreements/v1/partnerships", null, (header, value));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("gateway.foreign-origin", (await Problem(answer)).GetProperty("code").GetString());
        Assert.NotNull(visitor.Session);
    }

    [Theory]
    [InlineData("Origin", "http://localhost")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    public async Task Our_own_pages_can(string header, string value)
    {
        using var visitor = new Visitor(_gateway);
        await visitor.SignIn(identity, identity.Admin);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Post("/agreements/v1/partnerships", null, (header, value))).StatusCode);
    }

    [Fact]
    public async Task Another_sites_form_cannot_sign_anybody_in()
    {
        using var visitor = new Visitor(_gateway);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await visitor.Post("/identity/v1/sign-in", null, ("Origin", "https://evil.example"))).StatusCode);
    }

    [Fact]
    public async Task Whoever_tries_to_sign_in_too_often_is_told_when_to_come_back()
    {
        using var strict = new GatewayHost(identity, ("RateLimits:SignInsPerMinute", "3"));
        using var visitor = new Visitor(strict);
        for (var attempt = 0; attempt < 3; attempt++)
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await visitor.Post("/identity/v1/sign-in", null)).StatusCode);
        var refused = await visitor.Post("/identity/v1/sign-in", null);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Fact]
    public async Task One_who_asks_for_a_password_too_often_does_not_use_it_up_for_all_who_come_by_the_pages()
    {
        using var strict = new GatewayHost(identity, ("RateLimits:SignInsPerMinute", "3"));
        using var visitor = new Visitor(strict);
        for (var attempt = 0; attempt < 3; attempt++)
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await visitor.Post("/glomt-losenord", null)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await visitor.Post("/glomt-losenord", null)).StatusCode);
        Assert.NotEqual(
            HttpStatusCode.TooManyRequests, (await visitor.Post("/identity/v1/password-resets", null)).StatusCode);
    }

    [Fact]
    public async Task Inventing_tokens_does_not_help_against_the_limit()
    {
        using var strict = new GatewayHost(identity, ("RateLimits:RequestsPerSecond", "1"));
        using var visitor = new Visitor(strict);
        var answers = new List<HttpStatusCode>();
        for (var turn = 0; turn < 200; turn++)
            answers.Add((await visitor.Get("/registry/v1/entries", ("Authorization", $"Bearer {turn}"))).StatusCode);
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
    }

    [Fact]
    public async Task Every_answer_tells_the_browser_what_not_to_do()
    {
        using var visitor = new Visitor(_gateway);
        var headers = (await visitor.Get("/")).Headers;
        Assert.Contains("default-src 'none'", headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(headers.Contains("Strict-Transport-Security")); // not over http in Development
        Assert.False(headers.Contains("Server"));
    }

    [Fact]
    public async Task The_gateways_own_refusals_are_in_the_callers_language()
    {
        using var visitor = new Visitor(_gateway);
        await visitor.SignIn(identity, identity.Admin);
        var swedish = await Problem(await visitor.Post("/agreements/v1/partnerships", null, ("Origin", "https://evil.example")));
        var english = await Problem(await visitor.Post(
            "/agreements/v1/partnerships", null, ("Origin", "https://evil.example"), ("Accept-Language", "en-GB, sv;q=0.5")));
        Assert.NotEqual(swedish.GetProperty("detail").GetString(), english.GetProperty("detail").GetString());
        Assert.Equal(swedish.GetProperty("type").GetString(), english.GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_system_is_ready_when_the_demonstration_has_been_played()
    {
        var played = Path.Combine(Path.GetTempPath(), $"iop-played-{Guid.NewGuid():N}");
        using var waiting = new GatewayHost(identity, ("Demo:DoneFile", played));
        using var visitor = new Visitor(waiting);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await visitor.Get("/health/ready")).StatusCode);
        await File.WriteAllTextAsync(played, "");
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/health/ready")).StatusCode);
        File.Delete(played);
    }

    public void Dispose() => _gateway.Dispose();

    private static async Task<JsonElement> Problem(HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>();
}
