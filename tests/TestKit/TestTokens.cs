using System.Security.Claims;
using System.Security.Cryptography;
using Iop.Platform.Identity;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Iop.TestKit;

/// <summary>Signs in whoever the test wants to be, in Identity's place.</summary>
public sealed class TestTokens(TimeProvider clock) : IDisposable
{
    public const string Issuer = "http://localhost";
    private const string Audience = "iop";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private readonly ECDsa _pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string For(Caller caller)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        List<Claim> claims = [new("sub", caller.Person.ToString()), new("org", caller.Organisation.ToString())];
        if (!caller.IsSystem) claims.Add(new Claim("sid", Guid.NewGuid().ToString()));
        if (caller.Unit is { } unit) claims.Add(new Claim("unit", unit.ToString()));
        claims.AddRange(caller.Roles.Select(role => new Claim("roles", role)));
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now,
            Expires = now + Lifetime,
            Subject = new ClaimsIdentity(claims),
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.EcdsaSha256),
        });
    }

    internal void TrustedBy(IServiceCollection services) =>
        services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, options =>
    {
        var keys = new OpenIdConnectConfiguration();
        keys.SigningKeys.Add(Key);
        options.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(keys);
    });

    public void Dispose() => _pair.Dispose();

    private ECDsaSecurityKey Key => new(_pair) { KeyId = "test" };
}
