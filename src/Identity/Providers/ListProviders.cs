using System.Text.Json;
using Iop.Identity.Domain;
using Iop.Identity.Memberships;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Providers;

/// <summary>The logins that an administrator sees: the own organisation's, those the operator has added for all, and any that
/// gives roles in the own organisation. The operator sees every one.</summary>
internal static class ListProviders
{
    private const int ItemsMax = 500;

    /// <param name="Scopes">What it is asked for.</param>
    /// <param name="RedirectUri">What is to be registered at the provider as the address to come back to.</param>
    /// <param name="SignedOutUri">And as the one to come back to after signing out there.</param>
    /// <param name="Mine">Whether the caller may change it, and not only give roles by it.</param>
    /// <param name="PublicJwk">Our public key that signs, to be registered there; none with a client secret.</param>
    /// <param name="OtherKey">Published beside it: to sign soon, or signed before.</param>
    /// <param name="KeysUri">Where both are published for whoever fetches them (jwks_uri).</param>
    public sealed record View(
        Guid Id, Guid OrganisationId, string OrganisationName, string Name, string Issuer, string? Tenant, string ClientId,
        string Scopes, ClientProof Proof, JsonElement? PublicJwk, string RedirectUri, string SignedOutUri, bool Mine,
        DateTimeOffset CreatedAt, IReadOnlyList<GrantView> Grants, string ProviderTag, KeyView? OtherKey = null,
        string? KeysUri = null);

    /// <param name="Since">Since when there are two.</param>
    /// <param name="MaySignFrom">Not before; a key is published for a while first.</param>
    public sealed record KeyView(JsonElement PublicJwk, DateTimeOffset Since, DateTimeOffset MaySignFrom);

    public sealed record GrantView(
        Guid Id, GrantSource Source, string Value, Guid OrganisationId, string OrganisationName, Guid? UnitId, string? UnitName,
        IReadOnlyList<string> Roles);

    public sealed record List(IReadOnlyList<View> Items);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/providers", Handle).WithName(nameof(ListProviders));
        api.MapGet("/providers/{id:guid}", Show).WithName("ShowProvider");
    }

    internal static async Task<Answer<List>> Handle(
        Caller caller, IdentityDb db, IConfiguration configuration, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return missing;
        var found = await Visible(db, caller).AsNoTracking().OrderBy(one => one.Name).ThenBy(one => one.ProviderId)
            .Take(ItemsMax).ToListAsync(cancel);
        return new List(await Of(found, caller, db, configuration, cancel));
    }

    internal static async Task<Answer<View>> Show(
        Guid id, Caller caller, IdentityDb db, IConfiguration configuration, CancellationToken cancel)
    {
        if (await Find(id, caller, db, cancel) is not { } provider) return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return missing;
        return Answers.Ok(await Of(provider, caller, db, configuration, cancel), provider.Version);
    }

    internal static Task<Provider?> Find(Guid id, Caller caller, IdentityDb db, CancellationToken cancel) =>
        Visible(db, caller).FirstOrDefaultAsync(one => one.ProviderId == new ProviderId(id), cancel);

    internal static bool IsMine(Provider provider, Caller caller) =>
        caller.OnlyUnit() is null && (provider.OrganisationId.Value == caller.Organisation || caller.Has(Roles.Operator));

    internal static async Task<View> Of(
        Provider provider, Caller caller, IdentityDb db, IConfiguration configuration, CancellationToken cancel) =>
        (await Of([provider], caller, db, configuration, cancel))[0];

    private static IQueryable<Provider> Visible(IdentityDb db, Caller caller)
    {
        var (own, all) = (new OrganisationRef(caller.Organisation), caller.Has(Roles.Operator));
        var operating = OrganisationRef.Operating;
        return db.Providers.Where(one => one.EndedAt == null
            && (all || one.OrganisationId == own || one.OrganisationId == operating
                || db.ProviderGrants.Any(grant => grant.ProviderId == one.ProviderId && grant.OrganisationId == own)));
    }

    private static async Task<IReadOnlyList<View>> Of(
        List<Provider> providers, Caller caller, IdentityDb db, IConfiguration configuration, CancellationToken cancel)
    {
        var (ids, own, all) = (
            providers.ConvertAll(one => one.ProviderId), new OrganisationRef(caller.Organisation), caller.Has(Roles.Operator));
        var only = caller.OnlyUnit();
        var grants = await db.ProviderGrants.AsNoTracking().Where(one => ids.Contains(one.ProviderId)
                && (all || one.OrganisationId == own) && (only == null || one.UnitId == only))
            .OrderBy(one => one.GrantId).ToListAsync(cancel);
        var named = providers.Select(one => one.OrganisationId).Concat(grants.Select(one => one.OrganisationId)).Distinct()
            .ToList();
        var names = await db.Organisations.Where(one => named.Contains(one.OrganisationId))
            .ToDictionaryAsync(one => one.OrganisationId, one => one.Name, cancel);
        var units = await db.Units.Where(one => named.Contains(one.OrganisationId))
            .ToDictionaryAsync(one => one.UnitId, one => one.Name, cancel);
        return providers.ConvertAll(one => new View(
            one.ProviderId.Value, one.OrganisationId.Value, names[one.OrganisationId], one.Name, one.Issuer, one.Tenant,
            one.ClientId, one.Scopes, one.Proof, one.PublicJwk is { } jwk ? JsonSerializer.Deserialize<JsonElement>(jwk) : null,
            RedirectUri(one.ProviderId, configuration), SignedOutUri(configuration), IsMine(one, caller), one.CreatedAt,
            [.. grants.Where(grant => grant.ProviderId == one.ProviderId).Select(grant => new GrantView(
                grant.GrantId, grant.Source, grant.Value, grant.OrganisationId.Value, names[grant.OrganisationId],
                grant.UnitId?.Value, grant.UnitId is { } unit ? units[unit] : null, grant.Roles))],
            $"{one.Version}", OtherKeyOf(one), one.PublicJwk is null ? null : KeysUri(one.ProviderId, configuration)));
    }

    private static KeyView? OtherKeyOf(Provider provider) => provider is { OtherPublicJwk: { } jwk, OtherSince: { } since }
        ? new KeyView(JsonSerializer.Deserialize<JsonElement>(jwk), since, since + Provider.PublishedBefore) : null;

    private static string KeysUri(ProviderId id, IConfiguration configuration) =>
        $"{Issuer.Of(configuration).TrimEnd('/')}/identity/v1/providers/{id.Value}/jwks.json";

    internal static string SignedOutUri(IConfiguration configuration) => Issuer.Of(configuration).TrimEnd('/') + "/";

    /// <summary>Each provider has one of its own: so that none can answer in another's place.</summary>
    internal static string RedirectUri(ProviderId id, IConfiguration configuration) =>
        $"{Issuer.Of(configuration).TrimEnd('/')}/identity/v1/sign-in/providers/{id.Value}/callback";
}
