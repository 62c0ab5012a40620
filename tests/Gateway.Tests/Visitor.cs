using System.Net.Http.Json;
using Iop.Identity.Tests;
using Iop.TestKit;

namespace Iop.Gateway.Tests;

/// <summary>A person with a browser at the gateway: keeps cookies, says where its requests come from.</summary>
internal sealed class Visitor(GatewayHost gateway) : IDisposable
{
    private const string Ours = TestTokens.Issuer;
    private readonly HttpClient _http = gateway.NewClient();
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Cookies => _cookies;

    public string? Session => _cookies.GetValueOrDefault("iop-session");

    public void Has(string cookie, string value) => _cookies[cookie] = value;

    public Task<HttpResponseMessage> Get(string path, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Get, path, null, headers);

    public Task<HttpResponseMessage> Post(string path, HttpContent? body, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, body, headers.Length > 0 ? headers : [("Origin", Ours)]);

    public async Task<Reached> Reaches(string path, params (string Name, string Value)[] headers) =>
        (await (await Get(path, headers)).Content.ReadFromJsonAsync<Reached>())!;

    /// <summary>From the button to the page the person wanted; where the browser ends.</summary>
    public async Task<HttpResponseMessage> SignIn(IdentityWorld identity, SomeBody person, string returnUrl = "/samverkan")
    {
        identity.Clock.Advance(TimeSpan.FromSeconds(30));
        return await Get(await CallbackFor(identity, person, returnUrl));
    }

    /// <summary>All of sign-in but the last step; the address that the last step goes to.</summary>
    public async Task<string> CallbackFor(IdentityWorld identity, SomeBody person, string returnUrl = "/samverkan")
    {
        var authorize = (await Get("/session/start?returnUrl=" + Uri.EscapeDataString(returnUrl))).Headers.Location!.ToString();
        var request = Browser.Parameter(await Get(authorize), "request");
        using var codes = new Browser(identity);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["request"] = request, ["email"] = person.Email, ["password"] = person.Password, ["totp"] = codes.Totp(person),
        });
        return (await Post("/identity/v1/sign-in", form)).Headers.Location!.PathAndQuery;
    }

    public async Task<HttpResponseMessage> Send(
        HttpMethod method, string path, HttpContent? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        var sent = _cookies.Where(cookie =>
                path.StartsWith(_paths.GetValueOrDefault(cookie.Key, "/"), StringComparison.Ordinal))
            .Select(cookie => $"{cookie.Key}={cookie.Value}").ToList();
        if (sent.Count > 0) request.Headers.Add("Cookie", string.Join("; ", sent));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var answer = await _http.SendAsync(request);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : []) Keep(cookie);
        return answer;
    }

    public void Dispose() => _http.Dispose();

    private void Keep(string cookie)
    {
        var (name, value) = cookie.Split(';')[0].Split('=', 2) is [var key, var content] ? (key, content) : ("", "");
        if (value.Length == 0) _cookies.Remove(name);
        else _cookies[name] = value;
        _paths[name] = cookie.Split(';').Select(part => part.Trim())
            .FirstOrDefault(part => part.StartsWith("path=", StringComparison.OrdinalIgnoreCase))?["path=".Length..] ?? "/";
    }
}
