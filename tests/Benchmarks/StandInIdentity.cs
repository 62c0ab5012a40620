using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Iop.Benchmarks;

/// <summary>In Identity's place: one officer of one organisation is signed in, and stays so. Signs real tokens and shows its
/// key, so that gateway and services run unchanged.</summary>
internal sealed class StandInIdentity : IAsyncDisposable
{
    public const string Issuer = "http://localhost";
    public const string Session = "bench-session";
    public const string GatewaySecret = "bench";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ECDsa _pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Guid _person = Guid.NewGuid();
    private readonly WebApplication _app;

    private StandInIdentity()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/.well-known/jwks.json", () => Results.Ok(new { keys = new[] { PublicKey() } }));
        _app.MapPost("/identity/v1/token", () => Results.Ok(new { access_token = Token() }));
    }

    public static Guid Organisation { get; } = Guid.NewGuid();

    public string Address => _app.Urls.Single();

    public static async Task<StandInIdentity> StartAsync()
    {
        var identity = new StandInIdentity();
        await identity._app.StartAsync();
        return identity;
    }

    public string Token() => Token(_person, Organisation, "officer");

    public string Token(Guid person, Guid organisation, params IEnumerable<string> roles) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = "iop",
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime + Lifetime,
        Subject = new ClaimsIdentity([
            new("sub", $"{person}"), new("org", $"{organisation}"), .. roles.Select(role => new Claim("roles", role))]),
        SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.EcdsaSha256),
    });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _pair.Dispose();
    }

    private ECDsaSecurityKey Key => new(_pair) { KeyId = "bench" };

    private object PublicKey()
    {
        var point = _pair.ExportParameters(includePrivateParameters: false).Q;
        return new
        {
            kty = "EC", crv = "P-256", use = "sig", alg = "ES256", kid = "bench",
            x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y),
        };
    }
}
