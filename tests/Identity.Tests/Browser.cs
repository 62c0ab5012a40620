using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using Iop.Identity.Domain;
using Iop.TestKit;
using Microsoft.IdentityModel.Tokens;

namespace Iop.Identity.Tests;

/// <summary>A person's way through sign-in, step by step, so that a test can do a step wrong.</summary>
public sealed class Browser(ServiceHost<Program> world) : IDisposable
{
    private const string Callback = "http://127.0.0.1/callback";
    private readonly HttpClient _http = world.NewClient();

    public string Client { get; init; } = "cli";

    public string RedirectUri { get; init; } = Callback;

    public string Verifier { get; } = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    public string State { get; } = Guid.NewGuid().ToString("N");

    public string? Address { get; init; }

    private string? _device;

    /// <summary>Asks to sign in; where the browser is sent.</summary>
    public async Task<HttpResponseMessage> Ask(params (string Name, string Value)[] instead)
    {
        var query = HttpUtility.ParseQueryString("");
        (query["response_type"], query["client_id"], query["redirect_uri"], query["scope"]) = (
            "code", Client, RedirectUri, "openid");
        (query["state"], query["nonce"], query["code_challenge_method"]) = (State, "nonce-1", "S256");
        query["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));
        foreach (var (name, value) in instead) query[name] = value;
        return await _http.GetAsync($"/identity/v1/authorize?{query}");
    }

    public async Task<string> Request() => Parameter(await Ask(), "request");

    /// <summary>Fills in the form; where the browser is sent.</summary>
    public async Task<HttpResponseMessage> Fill(string request, string email, string password, string totp)
    {
        using var post = new HttpRequestMessage(HttpMethod.Post, "/identity/v1/sign-in")
        {
            Content = Form(("request", request), ("email", email), ("password", password), ("totp", totp)),
        };
        if (Address is not null) post.Headers.Add("X-Forwarded-For", Address);
        if (_device is not null) post.Headers.Add("Cookie", _device);
        var answer = await _http.SendAsync(post);
        if (answer.Headers.TryGetValues("Set-Cookie", out var cookies)
            && cookies.FirstOrDefault(one => one.StartsWith("iop-device=", StringComparison.Ordinal)) is { } device)
            _device = device.Split(';')[0];
        return answer;
    }

    public async Task<string> CodeFor(SomeBody person) =>
        Parameter(await Fill(await Request(), person.Email, person.Password, Totp(person)), "code");

    public Task<Reply> Exchange(string code, params (string Name, string Value)[] instead) => Token(
        [("grant_type", "authorization_code"), ("client_id", Client), ("code", code), ("redirect_uri", RedirectUri),
            ("code_verifier", Verifier), .. instead]);

    public async Task<Reply> Token(params IEnumerable<(string Name, string Value)> form) => await Post(_http, form);

    public static async Task<Reply> Post(HttpClient http, IEnumerable<(string Name, string Value)> form)
    {
        // The last value of a name counts, so that a test can put another one in.
        var answer = await http.PostAsync(
            "/identity/v1/token", Form([.. form.GroupBy(pair => pair.Name).Select(pairs => pairs.Last())]));
        return new Reply(answer.StatusCode, null, null, await answer.Content.ReadAsStringAsync(), answer);
    }

    /// <summary>What the person's authenticator app shows.</summary>
    public string Totp(SomeBody person) => OneTimeCode.At(Secret(person.TotpSecret), OneTimeCode.StepAt(world.Clock.GetUtcNow()));

    public static string Parameter(HttpResponseMessage answer, string name)
    {
        var location = new Uri(new Uri("http://localhost"), answer.Headers.Location!);
        return HttpUtility.ParseQueryString(location.Query)[name] ?? throw new InvalidOperationException(
            $"No {name} in {location}");
    }

    public void Dispose() => _http.Dispose();

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    public static byte[] Secret(string base32)
    {
        var number = base32.Aggregate(
            BigInteger.Zero, (sum, letter) => sum * 32 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter));
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[20 - bytes.Length], .. bytes];
    }
}
