using System.Net.Http.Headers;
using System.Text.Json;
using Iop.Identity.Domain;
using Iop.Identity.Providers;
using Iop.Identity.SigningIn;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Iop.Identity.Federation;

/// <summary>What a provider says of a person. Issuer and subject together are who it is; all else may change.</summary>
/// <param name="Email">The address, if it counts.</param>
/// <param name="GroupsLeftOut">There are too many to name.</param>
internal sealed record Said(
    string Issuer, string Subject, string? Name, string? Email, IReadOnlyList<string> Groups, IReadOnlyList<string> AppRoles,
    bool GroupsLeftOut)
{
    public string? Tenant { get; init; }

    /// <summary>The address as it was said, also when it does not count.</summary>
    public string? AddressSaid { get; init; }

    /// <summary>Whether the provider vouches for the address; null when it does not say.</summary>
    public bool? AddressIsVerified { get; init; }

    /// <summary>Whether groups are spoken of at all; a person may have none.</summary>
    public bool SpeaksOfGroups { get; init; }

    public bool SpeaksOfAppRoles { get; init; }

    /// <summary>What stood in the way where it was asked for more than the token says; the token holds all the same.</summary>
    public ProviderException? Trouble { get; init; }

    /// <summary>Neither groups nor app roles could be heard of: that is not the same as none.</summary>
    public bool RolesAreUnknown => Trouble is not null && !SpeaksOfGroups && !SpeaksOfAppRoles;
}

/// <summary>Reads a provider's token: signed by a key of its own with an algorithm of a pair of keys, from the issuer we asked,
/// for us, in time, an answer to our question, and of the directory that may come in.</summary>
internal sealed class ReadToken(ProviderDescriptions descriptions, ProviderCalls calls, TimeProvider clock)
{
    // Only algorithms with a public key: a secret that we share would make us able to sign, and "none" anybody.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>How far the provider's clock may be from ours.</summary>
    internal static readonly TimeSpan SkewMax = TimeSpan.FromMinutes(2);

    private const string ClocksDiffer = "provider-clock";
    private const string ForeignTenant = "provider-foreign-tenant";
    private const int SubjectMax = 255;
    private const int GroupsMax = 1000;
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <param name="given">What the code was redeemed for.</param>
    /// <param name="provider">Who was asked.</param>
    /// <param name="nonce">Our question's.</param>
    /// <param name="needsRoles">Whether groups and app roles could give anything here.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Said> Of(Given given, Provider provider, string nonce, bool needsRoles, CancellationToken cancel)
    {
        var (issuer, document) = await descriptions.Of(provider, cancel);
        var result = await Validated(given.IdToken, provider, issuer, document.SigningKeys);
        if (IsOfUnknownKey(result, document.SigningKeys)
            && await descriptions.Anew(provider, cancel) is var (newIssuer, newer))
            result = await Validated(given.IdToken, provider, newIssuer, newer.SigningKeys);
        if (result.Exception is SecurityTokenInvalidLifetimeException) throw new ProviderException(ClocksDiffer, "clock");
        if (!result.IsValid || result.SecurityToken is not JsonWebToken token)
            throw NotGenuine(result);
        var claims = JsonSerializer.Deserialize<JsonElement>(Base64UrlEncoder.Decode(token.EncodedPayload));
        if (!Random256.Same(Text(claims, "nonce") ?? "", nonce))
            throw new ProviderException(ProviderException.NotGenuine, "nonce");
        var isForOthersToo = token.Audiences.Count() > 1 || claims.TryGetProperty("azp", out _);
        if (isForOthersToo && Text(claims, "azp") != provider.ClientId)
            throw new ProviderException(ProviderException.NotGenuine, "audience") { Said = Text(claims, "azp") };
        var tenant = Text(claims, "tid");
        if (provider.Tenant is { } only && !only.Equals(tenant, StringComparison.OrdinalIgnoreCase))
            throw new ProviderException(ForeignTenant, tenant is null ? "no-tenant" : "tenant") { Said = tenant };
        // A tenant's directory names its own people; anybody else must say that the address has been proved.
        var isDirectory = tenant is not null && (provider.Tenant is not null
            || token.Issuer.Contains(tenant, StringComparison.OrdinalIgnoreCase));
        var needsMore = EmailOf(claims, isDirectory) is null
            || (needsRoles && !claims.TryGetProperty("groups", out _) && !claims.TryGetProperty("roles", out _));
        var (person, trouble) = needsMore ? await PersonOf(claims, given, document.UserInfoEndpoint, cancel) : (claims, null);
        // Where a directory has a tid, the subject differs from client to client and oid is the person (Entra ID).
        var subject = tenant is not null && Text(claims, "oid") is { } oid ? oid : token.Subject;
        if (subject is not { Length: > 0 and <= SubjectMax }) throw new ProviderException(ProviderException.NotGenuine, "sub");
        return new Said(
            token.Issuer, subject, Text(person, "name"), EmailOf(person, isDirectory), All(person, "groups"),
            All(person, "roles"), HasOverage(person))
        {
            Tenant = tenant, AddressSaid = AddressIn(person, isDirectory), AddressIsVerified = Vouched(person),
            SpeaksOfGroups = person.TryGetProperty("groups", out _), SpeaksOfAppRoles = person.TryGetProperty("roles", out _),
            Trouble = trouble,
        };
    }

    /// <summary>What is wrong with a token, for those who look after the login.</summary>
    private static ProviderException NotGenuine(TokenValidationResult result)
    {
        var token = result.TokenOnFailedValidation as JsonWebToken;
        var (detail, said) = result.Exception switch
        {
            SecurityTokenInvalidAudienceException => ("audience", string.Join(", ", token?.Audiences ?? [])),
            SecurityTokenInvalidIssuerException => ("token-issuer", token?.Issuer),
            SecurityTokenInvalidAlgorithmException => ("algorithm", token?.Alg),
            SecurityTokenInvalidSignatureException => ("signature", token?.Kid), // also a key that nobody knows
            SecurityTokenMalformedException => ("not-a-token", null),
            var other => (other?.GetType().Name, null),
        };
        return new ProviderException(ProviderException.NotGenuine, detail, result.Exception) { Said = said };
    }

    private async Task<TokenValidationResult> Validated(
        string token, Provider provider, string issuer, IEnumerable<SecurityKey> keys)
    {
        var now = clock.GetUtcNow();
        return await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = issuer,
            ValidAudience = provider.ClientId,
            IssuerSigningKeys = keys,
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            IncludeTokenOnFailedValidation = true,
            LifetimeValidator = (from, to, read, _) => to is { } ends && now < At(ends) + SkewMax
                && (from is not { } begins || At(begins) - SkewMax <= now)
                && (read is not JsonWebToken { IssuedAt: var made } || At(made) - SkewMax <= now),
        });
    }

    private static bool IsOfUnknownKey(TokenValidationResult result, IEnumerable<SecurityKey> known) =>
        !result.IsValid && result.TokenOnFailedValidation is JsonWebToken { Kid: { Length: > 0 } kid }
        && !known.Any(key => key.KeyId == kid);

    /// <summary>The token's own claims, and those of the userinfo endpoint, of the same person. Where that cannot be reached,
    /// the token's own, with what stood in the way: a trouble must not look like no groups, nor keep out whoever needs
    /// none.</summary>
    private async Task<(JsonElement Person, ProviderException? Trouble)> PersonOf(
        JsonElement claims, Given given, string? address, CancellationToken cancel)
    {
        if (given.AccessToken is null || address is not { Length: > 0 }) return (claims, null);
        using var call = new HttpRequestMessage(HttpMethod.Get, address);
        call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", given.AccessToken);
        JsonElement more;
        try
        {
            (var ok, more) = await calls.Ask(call, cancel);
            if (!ok) return (claims, new ProviderException(ProviderException.Refused, "userinfo"));
        }
        catch (ProviderException trouble)
        {
            return (claims, trouble);
        }
        if (Text(more, "sub") != Text(claims, "sub")) throw new ProviderException(ProviderException.NotGenuine, "userinfo");
        var all = claims.EnumerateObject().Concat(more.EnumerateObject()).GroupBy(one => one.Name, StringComparer.Ordinal);
        return (JsonSerializer.SerializeToElement(
            all.ToDictionary(one => one.Key, one => one.First().Value, StringComparer.Ordinal)), null);
    }

    /// <summary>An address that the provider does not vouch for is none: by <c>email_verified: true</c>, or because it is the
    /// directory that the address belongs to and does not say otherwise.</summary>
    private static string? EmailOf(JsonElement person, bool isDirectory) =>
        Vouched(person) ?? isDirectory ? AddressIn(person, isDirectory) : null;

    private static bool? Vouched(JsonElement person) => person.TryGetProperty("email_verified", out var verified)
        ? verified.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null } : null;

    private static string? AddressIn(JsonElement person, bool isDirectory) =>
        Text(person, "email") ?? (isDirectory && Text(person, "preferred_username") is { } name
            && name.Contains('@', StringComparison.Ordinal) ? name : null);

    /// <summary>Whoever is in very many groups gets a token without them, which must not be taken for none.</summary>
    private static bool HasOverage(JsonElement person) => !person.TryGetProperty("groups", out _) && (
        (person.TryGetProperty("_claim_names", out var names) && names.ValueKind is JsonValueKind.Object
            && names.TryGetProperty("groups", out _)) || person.TryGetProperty("hasgroups", out _));

    private static IReadOnlyList<string> All(JsonElement person, string name) => !person.TryGetProperty(name, out var value) ? []
        : value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => [.. value.EnumerateArray().Where(one => one.ValueKind is JsonValueKind.String)
                .Select(one => one.GetString()!).Take(GroupsMax)],
            _ => [],
        };

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String
            && text.GetString() is { Length: > 0 } said ? said : null;

    private static DateTimeOffset At(DateTime instant) => new(DateTime.SpecifyKind(instant, DateTimeKind.Utc));
}
