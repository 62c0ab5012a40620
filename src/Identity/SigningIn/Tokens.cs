using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Iop.Identity.Domain;
using Iop.Identity.Sessions;
using Iop.Identity.Systems;
using Iop.Platform.Sealing;
using Microsoft.IdentityModel.Tokens;

namespace Iop.Identity.SigningIn;

/// <summary>Makes the tokens that services accept: who, for which organisation, in which roles; ES256, five minutes.</summary>
internal sealed class Tokens(KeyRing ring, IConfiguration configuration, TimeProvider clock)
{
    public const string Purpose = "tokens";
    private const string Audience = "iop";

    /// <summary>A key signs for this long, then a new one does.</summary>
    public static readonly TimeSpan KeyAgeMax = TimeSpan.FromDays(30);

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    // A new key is published for a while before it signs, so that every replica and every service knows it; a retired one
    // stays published until no token of it can live.
    private static readonly TimeSpan PublishedBefore = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PublishedAfter = TimeSpan.FromHours(1);

    public string Issued => Issuer.Of(configuration);

    public Task<string> For(Session session, Membership acting, CancellationToken cancel)
    {
        var claims = Claims(session.PersonId.Value, acting.OrganisationId, acting.UnitId, acting.Roles);
        claims["sid"] = session.SessionId.ToString();
        return Sign("at+jwt", claims, cancel);
    }

    public Task<string> For(SystemClient system, IEnumerable<string> roles, CancellationToken cancel) =>
        Sign("at+jwt", Claims(system.SystemId, system.OrganisationId, system.UnitId, roles), cancel);

    /// <summary>Tells the client itself who signed in.</summary>
    public Task<string> IdToken(Session session, string client, string? nonce, CancellationToken cancel)
    {
        var claims = new JsonObject
        {
            ["sub"] = session.PersonId.Value.ToString(), ["aud"] = client, ["sid"] = session.SessionId.ToString(),
            ["auth_time"] = session.BegunAt.ToUnixTimeSeconds(),
        };
        if (nonce is not null) claims["nonce"] = nonce;
        return Sign("JWT", claims, cancel);
    }

    /// <summary>What is published: every key that signs, will sign soon, or signed lately.</summary>
    public async Task<IReadOnlyList<SigningKey>> Published(CancellationToken cancel)
    {
        var (keys, now) = (await ring.All(Purpose, cancel), clock.GetUtcNow());
        // Newest first: a key is retired when the next newer one began to sign.
        return [.. keys.Where((_, place) => place == 0 || now < keys[place - 1].CreatedAt + PublishedBefore + PublishedAfter)];
    }

    private async Task<SigningKey> Signing(CancellationToken cancel)
    {
        var (keys, now) = (await ring.All(Purpose, cancel), clock.GetUtcNow());
        return keys.FirstOrDefault(key => key.CreatedAt + PublishedBefore <= now) ?? keys[^1];
    }

    private static JsonObject Claims(Guid subject, OrganisationRef organisation, UnitRef? unit, IEnumerable<string> roles)
    {
        var claims = new JsonObject
        {
            ["aud"] = Audience, ["sub"] = subject.ToString(), ["org"] = organisation.Value.ToString(),
            ["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)role)]),
        };
        if (unit is { } id) claims["unit"] = id.Value.ToString();
        return claims;
    }

    private async Task<string> Sign(string type, JsonObject claims, CancellationToken cancel)
    {
        var (key, now) = (await Signing(cancel), clock.GetUtcNow());
        claims["iss"] = Issued;
        claims["iat"] = now.ToUnixTimeSeconds();
        claims["exp"] = (now + Lifetime).ToUnixTimeSeconds();
        claims["jti"] = Guid.CreateVersion7(now).ToString();
        var header = new JsonObject { ["alg"] = SecurityAlgorithms.EcdsaSha256, ["kid"] = key.Kid, ["typ"] = type };
        var signed = $"{Base64UrlEncoder.Encode(header.ToJsonString())}.{Base64UrlEncoder.Encode(claims.ToJsonString())}";
        var signature = key.Pair.SignData(
            Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64UrlEncoder.Encode(signature)}";
    }
}
