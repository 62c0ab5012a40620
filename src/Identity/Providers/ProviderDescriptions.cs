using System.Collections.Concurrent;
using Iop.Calling;
using Iop.Identity.Domain;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Iop.Identity.Providers;

/// <summary>What providers say of themselves (discovery) and their keys, kept for a while. With a provider away the last word
/// counts for a day, and others notice nothing.</summary>
internal sealed class ProviderDescriptions(ProviderCalls calls, ReachableAddresses reachable, TimeProvider clock)
{
    /// <param name="Issuer">Who its tokens must say they come from.</param>
    /// <param name="Document">The rest.</param>
    internal sealed record Description(string Issuer, OpenIdConnectConfiguration Document);

    private const string DiscoveryPath = "/.well-known/openid-configuration";
    private const string TenantHole = "{tenantid}";
    private const string Code = "code";
    private const string S256 = "S256";
    private static readonly TimeSpan FreshFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeptAtMost = TimeSpan.FromDays(1);

    // Whoever sends tokens of keys that nobody knows makes us ask no more often than this.
    private static readonly TimeSpan AskedAtMostEvery = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<(string Issuer, string? Tenant), Kept> _kept = new();

    public async Task<Description> Of(Provider provider, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (_kept.TryGetValue(Key(provider), out var kept)
            && (now < kept.At + FreshFor || (now < kept.At + KeptAtMost && now < kept.AskedAt + AskedAtMostEvery)))
            return kept.Is;
        try
        {
            return await Fetch(provider, cancel);
        }
        catch (ProviderException) when (kept is not null && now < kept.At + KeptAtMost)
        {
            _kept[Key(provider)] = kept with { AskedAt = now };
            return kept.Is;
        }
    }

    /// <summary>A token is signed by a key that we do not know: perhaps it has new ones.</summary>
    /// <returns>Null when it was asked just now.</returns>
    public async Task<Description?> Anew(Provider provider, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (_kept.TryGetValue(Key(provider), out var kept))
        {
            if (now < kept.AskedAt + AskedAtMostEvery) return null;
            _kept[Key(provider)] = kept with { AskedAt = now };
        }
        return await Fetch(provider, cancel);
    }

    /// <summary>Asks now, and looks whether it can be used.</summary>
    public async Task<Description> Fetch(Provider provider, CancellationToken cancel)
    {
        var document = await calls.Describe(provider.Issuer.TrimEnd('/') + DiscoveryPath, cancel);
        var described = new Description(IssuerOf(document, provider), document);
        if (WhatIsWrong(document) is { } wrong) throw new ProviderException(ProviderException.Misdescribed, wrong);
        _kept[Key(provider)] = new Kept(described, clock.GetUtcNow(), clock.GetUtcNow());
        return described;
    }

    /// <summary>One that serves many directories has a hole in its name; then ours must be filled in, and it must still be the
    /// one that was asked.</summary>
    private static string IssuerOf(OpenIdConnectConfiguration document, Provider provider)
    {
        if (string.Equals(document.Issuer, provider.Issuer, StringComparison.Ordinal)) return document.Issuer;
        var isOfMany = document.Issuer?.Contains(TenantHole, StringComparison.Ordinal) is true
            && Uri.TryCreate(document.Issuer.Replace(TenantHole, "x", StringComparison.Ordinal), UriKind.Absolute, out var said)
            && said.GetLeftPart(UriPartial.Authority) == new Uri(provider.Issuer).GetLeftPart(UriPartial.Authority);
        if (!isOfMany) throw new ProviderException(ProviderException.Misdescribed, "other-issuer");
        return provider.Tenant is { } tenant
            ? document.Issuer!.Replace(TenantHole, tenant, StringComparison.Ordinal)
            : throw new ProviderException(ProviderException.Misdescribed, "tenant-wanted");
    }

    private string? WhatIsWrong(OpenIdConnectConfiguration document)
    {
        if (!reachable.MayBeCalled(document.AuthorizationEndpoint) || !reachable.MayBeCalled(document.TokenEndpoint))
            return "not-https";
        if (document.SigningKeys.Count == 0) return "no-keys";
        if (document.ResponseTypesSupported.Count > 0 && !document.ResponseTypesSupported.Contains(Code)) return "no-code-flow";
        return document.CodeChallengeMethodsSupported.Count > 0 && !document.CodeChallengeMethodsSupported.Contains(S256)
            ? "no-pkce" : null;
    }

    private static (string, string?) Key(Provider provider) => (provider.Issuer, provider.Tenant);

    private sealed record Kept(Description Is, DateTimeOffset At, DateTimeOffset AskedAt);
}
