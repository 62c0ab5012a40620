using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Iop.Identity.Providers;

/// <summary>A key of ours by which a provider knows us (private_key_jwt, RFC 7523). Its public half is a JWK with a certificate
/// around it: some providers take the one, some the other.</summary>
internal static class OurKey
{
    private const int Bits = 2048;
    private static readonly TimeSpan CertificateLasts = TimeSpan.FromDays(3 * 365);
    private static readonly TimeSpan StatementLasts = TimeSpan.FromMinutes(1);

    /// <summary>A new pair: the private half as PKCS#8, the public one as JWK.</summary>
    public static (byte[] Private, string PublicJwk) New(DateTimeOffset now)
    {
        using var rsa = RSA.Create(Bits);
        var request = new CertificateRequest("CN=IOP", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now + CertificateLasts);
        var open = rsa.ExportParameters(includePrivateParameters: false);
        return (rsa.ExportPkcs8PrivateKey(), JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["kty"] = "RSA", ["use"] = "sig", ["alg"] = SecurityAlgorithms.RsaSsaPssSha256,
            ["kid"] = Thumbprint(certificate), ["n"] = Base64UrlEncoder.Encode(open.Modulus),
            ["e"] = Base64UrlEncoder.Encode(open.Exponent), ["x5t#S256"] = Thumbprint(certificate),
            ["x5c"] = new[] { Convert.ToBase64String(certificate.RawData) },
        }));
    }

    /// <summary>That it is we who ask: for this provider, for a minute, once.</summary>
    public static string Statement(byte[] key, string publicJwk, string clientId, string audience, DateTimeOffset now)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(key, out _);
        var thumbprint = JsonSerializer.Deserialize<JsonElement>(publicJwk).GetProperty("kid").GetString()!;
        var signs = new RsaSecurityKey(rsa) { KeyId = thumbprint, CryptoProviderFactory = new CryptoProviderFactory
        {
            CacheSignatureProviders = false, // the key is gone when this ends
        } };
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = clientId,
            Audience = audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + StatementLasts).UtcDateTime,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["sub"] = clientId, ["jti"] = Guid.CreateVersion7(now).ToString(),
            },
            AdditionalHeaderClaims = new Dictionary<string, object>(StringComparer.Ordinal) { ["x5t#S256"] = thumbprint },
            SigningCredentials = new SigningCredentials(signs, SecurityAlgorithms.RsaSsaPssSha256),
        });
    }

    private static string Thumbprint(X509Certificate2 certificate) =>
        Base64UrlEncoder.Encode(certificate.GetCertHash(HashAlgorithmName.SHA256));
}
