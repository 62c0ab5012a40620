using Iop.Kernel;

namespace Iop.Identity.Domain;

public readonly record struct ProviderId(Guid Value);

/// <summary>How we prove to a provider who we are.</summary>
public enum ClientProof
{
    ClientSecret,

    /// <summary>A statement signed by a key of ours (RFC 7523); the provider holds the public half.</summary>
    PrivateKeyJwt,
}

/// <summary>A login of an organisation's own (inloggningstjänst): an OpenID Connect provider. Issuer and tenant stay as they
/// are: others have decided to trust just these.</summary>
public sealed class Provider
{
    /// <summary>Who it is, what she is called and where she is reached.</summary>
    public const string DefaultScopes = "openid profile email";

    /// <summary>A key is published for so long before it signs: whoever reads our keys keeps them for a while.</summary>
    public static readonly TimeSpan PublishedBefore = TimeSpan.FromMinutes(5);

    private Provider()
    {
    }

    public ProviderId ProviderId { get; private init; }

    public OrganisationRef OrganisationId { get; private init; }

    public string Name { get; private set; } = "";

    /// <summary>Where it describes itself, and who its tokens say they come from.</summary>
    public string Issuer { get; private init; } = "";

    /// <summary>The one directory (<c>tid</c>) whose people may come in, where the provider serves many.</summary>
    public string? Tenant { get; private init; }

    public string ClientId { get; private set; } = "";

    /// <summary>What we ask it for (scope), as it is asked.</summary>
    public string Scopes { get; private set; } = DefaultScopes;

    public ClientProof Proof { get; private init; }

    /// <summary>Encrypted: the client secret, or the private key.</summary>
    public byte[] Secret { get; private set; } = [];

    public string? PublicJwk { get; private set; }

    /// <summary>The other key's private half, encrypted: one that is to sign, or one that did. Both are published.</summary>
    public byte[]? OtherSecret { get; private set; }

    public string? OtherPublicJwk { get; private set; }

    /// <summary>Since when there are two.</summary>
    public DateTimeOffset? OtherSince { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset? EndedAt { get; private set; }

    public long Version { get; private set; }

    public bool IsOpen => EndedAt is null;

    public static Provider Add(
        ProviderId id, OrganisationRef of, string name, string issuer, string? tenant, string clientId, byte[] secret,
        string? publicJwk, string? scopes, DateTimeOffset now) => new()
        {
            ProviderId = id, OrganisationId = of, Name = name.Trim(), Issuer = issuer.Trim(), Tenant = tenant?.Trim(),
            ClientId = clientId.Trim(), Scopes = Once(scopes) ?? DefaultScopes,
            Proof = publicJwk is null ? ClientProof.ClientSecret : ClientProof.PrivateKeyJwt,
            Secret = secret, PublicJwk = publicJwk, CreatedAt = now, Version = 1,
        };

    /// <param name="name">What people choose it by.</param>
    /// <param name="clientId">Who we are there.</param>
    /// <param name="secret">A new client secret, encrypted; null keeps the old.</param>
    /// <param name="scopes">What is asked for; null keeps it.</param>
    public void Change(string name, string clientId, byte[]? secret, string? scopes)
    {
        (Name, ClientId, Scopes) = (name.Trim(), clientId.Trim(), Once(scopes) ?? Scopes);
        if (secret is not null) Secret = secret;
        Version++;
    }

    /// <summary>A new key of ours is published beside the old one, which still signs.</summary>
    public Refusal? Renew(byte[] secret, string publicJwk, DateTimeOffset now)
    {
        if (Proof is not ClientProof.PrivateKeyJwt) return ProviderRefusals.NoKey;
        if (OtherSince is not null) return ProviderRefusals.TwoKeys;
        (OtherSecret, OtherPublicJwk, OtherSince) = (secret, publicJwk, now);
        Version++;
        return null;
    }

    /// <summary>The other key signs from now on; both stay published, so that it can be taken back.</summary>
    public Refusal? Swap(DateTimeOffset now)
    {
        if (OtherSince is not { } since) return ProviderRefusals.OneKey;
        if (now < since + PublishedBefore) return ProviderRefusals.KeyTooNew;
        (Secret, PublicJwk, OtherSecret, OtherPublicJwk) = (OtherSecret!, OtherPublicJwk, Secret, PublicJwk);
        Version++;
        return null;
    }

    /// <summary>The key that does not sign is published no more, and gone.</summary>
    public Refusal? DropOther()
    {
        if (OtherSince is null) return ProviderRefusals.OneKey;
        (OtherSecret, OtherPublicJwk, OtherSince) = (null, null, null);
        Version++;
        return null;
    }

    public void End(DateTimeOffset now)
    {
        EndedAt ??= now;
        Version++;
    }

    /// <summary>Names separated by spaces (RFC 6749 §3.3), and openid among them: without it no token says who comes.</summary>
    public static bool AreScopes(string scopes) =>
        Words(scopes) is var words && words.Contains("openid", StringComparer.Ordinal)
        && Array.TrueForAll(words, word => word.All(letter => letter is > ' ' and <= '~' and not ('"' or '\\')));

    private static string? Once(string? scopes) => scopes is null ? null
        : string.Join(' ', Words(scopes).Distinct(StringComparer.Ordinal));

    private static string[] Words(string scopes) => scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
