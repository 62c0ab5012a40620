using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Iop.Identity.Tests;

/// <summary>A provider that says what a test wants, true or false.</summary>
public sealed class Forger : IAsyncDisposable
{
    private readonly WebApplication _app;
    private ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private Forger(WebApplication app) => _app = app;

    public string Issuer => _app.Urls.Single();

    /// <summary>What it says it is called; with a hole where directories differ.</summary>
    public string? CalledInstead { get; set; }

    public string KeyId { get; private set; } = $"first-{Guid.NewGuid():N}"; // another one may have had the same port

    /// <summary>How often its keys were asked for.</summary>
    public int KeysAsked { get; private set; }

    /// <summary>Whether it promises to say who answers (RFC 9207).</summary>
    public bool SaysWhoAnswers { get; set; }

    /// <summary>What the token endpoint answers with.</summary>
    public string IdToken { get; set; } = "";

    public object? UserInfo { get; set; }

    /// <summary>Answers everything in another way, if it does.</summary>
    public Func<HttpContext, Task<bool>>? Instead { get; set; }

    /// <summary>What it was sent with the last code.</summary>
    public IReadOnlyDictionary<string, string> Form { get; private set; } = new Dictionary<string, string>();

    public string? Authorization { get; private set; }

    public static async Task<Forger> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreshPorts.Next()}");
        var forger = new Forger(builder.Build());
        forger._app.Run(forger.Answer);
        await forger._app.StartAsync();
        return forger;
    }

    public void Rotate(string keyId)
    {
        _key.Dispose();
        (_key, KeyId) = (ECDsa.Create(ECCurve.NamedCurves.nistP256), keyId);
    }

    /// <summary>Whether it says of an address that it has been proved, where the token says nothing of that itself.</summary>
    public bool Vouches { get; set; } = true;

    /// <summary>A token, by default its own and right.</summary>
    public string Signed(
        IDictionary<string, object> claims, string alg = "ES256", ECDsa? key = null, string? keyId = null, string secret = "")
    {
        if (Vouches && claims.ContainsKey("email")) claims.TryAdd("email_verified", true);
        var header = new Dictionary<string, object> { ["alg"] = alg, ["typ"] = "JWT", ["kid"] = keyId ?? KeyId };
        var said = $"{Part(header)}.{Part(claims)}";
        var bytes = System.Text.Encoding.ASCII.GetBytes(said);
        var signature = alg switch
        {
            "none" => [],
            "HS256" => HMACSHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret), bytes),
            _ => (key ?? _key).SignData(
                bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
        };
        return $"{said}.{Base64UrlEncoder.Encode(signature)}";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private async Task Answer(HttpContext http)
    {
        if (Instead is { } instead && await instead(http)) return;
        switch (http.Request.Path.Value)
        {
            case "/.well-known/openid-configuration":
                await http.Response.WriteAsJsonAsync(Description());
                break;
            case "/keys":
                KeysAsked++;
                await http.Response.WriteAsJsonAsync(new { keys = new[] { PublicKey() } });
                break;
            case "/token":
                Form = (await http.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());
                Authorization = http.Request.Headers.Authorization;
                await http.Response.WriteAsJsonAsync(
                    new { id_token = IdToken, access_token = "an-access-token", token_type = "Bearer" });
                break;
            case "/person" when UserInfo is not null && http.Request.Headers.Authorization == "Bearer an-access-token":
                await http.Response.WriteAsJsonAsync(UserInfo);
                break;
            default:
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private Dictionary<string, object?> Description() => new()
    {
        ["issuer"] = CalledInstead ?? Issuer,
        ["authorization_endpoint"] = $"{Issuer}/authorize",
        ["token_endpoint"] = $"{Issuer}/token",
        ["userinfo_endpoint"] = UserInfo is null ? null : $"{Issuer}/person",
        ["jwks_uri"] = $"{Issuer}/keys",
        ["response_types_supported"] = new[] { "code" },
        ["authorization_response_iss_parameter_supported"] = SaysWhoAnswers,
    };

    private object PublicKey()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return new
        {
            kty = "EC", crv = "P-256", use = "sig", kid = KeyId, x = Base64UrlEncoder.Encode(point.X),
            y = Base64UrlEncoder.Encode(point.Y),
        };
    }

    private static string Part(object part) => Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(part, part.GetType()));
}
