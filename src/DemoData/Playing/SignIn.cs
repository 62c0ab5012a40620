using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;

namespace Iop.DemoData.Playing;

/// <summary>Signs a person in as a command-line program does: authorization code with PKCE for the client <c>cli</c>, the
/// person's own password and authenticator code, and a token in exchange.</summary>
internal sealed class SignIn(Uri address, Clock clock)
{
    private const string RedirectUri = "http://127.0.0.1/callback";
    private const string Client = "cli";
    private readonly Dictionary<string, long> _lastStep = new(StringComparer.Ordinal);

    public async Task<string> Token(Login login, CancellationToken cancel)
    {
        await NewAuthenticatorCode(login);
        if (await Try(login, cancel) is { } token) return token;
        // Somebody has signed in with this code already, in a browser perhaps: wait for the next one, as a person would.
        var next = (Totp.StepAt(clock.GetUtcNow()) + 1) * Totp.SecondsPerStep;
        await Task.Delay(DateTimeOffset.FromUnixTimeSeconds(next) - clock.GetUtcNow() + TimeSpan.FromMilliseconds(100), cancel);
        _lastStep[login.Who] = Totp.StepAt(clock.GetUtcNow());
        return await Try(login, cancel) ?? throw new InvalidOperationException($"{login.Email} was not signed in.");
    }

    /// <summary>Null when the sign-in page comes back with an error.</summary>
    private async Task<string?> Try(Login login, CancellationToken cancel)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = true };
        using var http = new HttpClient(handler) { BaseAddress = address };
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var state = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        using var asked = await http.GetAsync(
            $"/identity/v1/authorize?response_type=code&client_id={Client}&redirect_uri={Uri.EscapeDataString(RedirectUri)}"
            + $"&scope=openid&state={state}&nonce={state}&code_challenge={challenge}&code_challenge_method=S256", cancel);
        var request = Parameter(Redirect(asked), "request")
            ?? throw new InvalidOperationException("Identity did not ask for sign-in.");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["request"] = request,
            ["email"] = login.Email,
            ["password"] = login.Password,
            ["totp"] = Totp.Code(login.TotpSecret, clock.GetUtcNow()),
        });
        using var post = new HttpRequestMessage(HttpMethod.Post, "/identity/v1/sign-in") { Content = form };
        post.Headers.Add("Origin", address.GetLeftPart(UriPartial.Authority));
        using var signedIn = await http.SendAsync(post, cancel);
        var target = Redirect(signedIn);
        // Identity may pass by its authorize address once more before it hands out the code.
        for (var hop = 0; hop < HopsMax && Parameter(target, "code") is null
            && target.AbsolutePath.StartsWith("/identity/", StringComparison.Ordinal); hop++)
        {
            using var next = await http.GetAsync(target, cancel);
            target = Redirect(next);
        }
        if (Parameter(target, "code") is not { } code) return null;
        using var exchange = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = Client,
            ["code"] = code,
            ["redirect_uri"] = RedirectUri,
            ["code_verifier"] = verifier,
        });
        return await TokenFrom(http, exchange, cancel);
    }

    /// <summary>A token for a system client: client credentials, authenticated by a signed assertion (RFC 7523) that is good for
    /// a minute and once.</summary>
    public async Task<string> Token(SystemLogin system, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = address };
        using var key = ECDsa.Create();
        key.ImportFromPem(system.PrivateKeyPem);
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var header = Encode(new { alg = "ES256", typ = "JWT" });
        var payload = Encode(new
        {
            iss = system.ClientId,
            sub = system.ClientId,
            aud = new Uri(address, "/identity/v1/token").ToString(),
            jti = Guid.NewGuid(),
            iat = now,
            exp = now + AssertionSeconds,
        });
        var signature =
            Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes($"{header}.{payload}"), HashAlgorithmName.SHA256));
        using var exchange = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = system.ClientId,
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = $"{header}.{payload}.{signature}",
        });
        return await TokenFrom(http, exchange, cancel);
    }

    private const int HopsMax = 3;
    private const int AssertionSeconds = 60;

    private static async Task<string> TokenFrom(HttpClient http, FormUrlEncodedContent exchange, CancellationToken cancel)
    {
        using var answer = await http.PostAsync(new Uri("/identity/v1/token", UriKind.Relative), exchange, cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"No token: {(int)answer.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text).GetProperty("access_token").GetString()!;
    }

    /// <summary>An authenticator code is good once: somebody who signs in twice within half a minute waits for the next
    /// one.</summary>
    private async Task NewAuthenticatorCode(Login login)
    {
        while (_lastStep.TryGetValue(login.Who, out var last) && Totp.StepAt(clock.GetUtcNow()) <= last)
            await clock.MoveBy(TimeSpan.FromSeconds(Totp.SecondsPerStep));
        _lastStep[login.Who] = Totp.StepAt(clock.GetUtcNow());
    }

    private Uri Redirect(HttpResponseMessage answer) => answer.Headers.Location is { } location
        ? new Uri(address, location)
        : throw new InvalidOperationException($"Sign-in answered {(int)answer.StatusCode} where a redirect was due.");

    private static string? Parameter(Uri uri, string name) => HttpUtility.ParseQueryString(uri.Query)[name];

    private static string Encode<T>(T value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
