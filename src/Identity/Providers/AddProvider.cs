using System.Text;
using Iop.Calling;
using Iop.Identity.Domain;
using Iop.Identity.Memberships;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Providers;

/// <summary>An administrator adds the organisation's own login (inloggningstjänst); the operator may add one for any
/// organisation, or, as the operating organisation's, one that several use.</summary>
internal static class AddProvider
{
    private const int NameMax = 100;
    private const int IssuerMax = 300;
    private const int ClientMax = 200;
    private const int SecretMax = 500;
    private const int ScopesMax = 300;
    private const int ProvidersMax = 20;

    /// <param name="Name">What people choose it by.</param>
    /// <param name="Issuer">Where it describes itself, without <c>/.well-known/openid-configuration</c>.</param>
    /// <param name="ClientId">Who we are there.</param>
    /// <param name="Proof">client-secret, or private-key-jwt: then we make a key and give you its public half.</param>
    /// <param name="ClientSecret">With client-secret only.</param>
    /// <param name="Tenant">The one directory whose people may come in, where the provider serves many.</param>
    /// <param name="Scopes">What it is asked for, separated by spaces, openid among them; openid profile email unless
    /// said.</param>
    /// <param name="OrganisationId">Whose it is; one's own unless the operator says another.</param>
    public sealed record Request(
        string Name, string Issuer, string ClientId, ClientProof Proof, string? ClientSecret = null, string? Tenant = null,
        Guid? OrganisationId = null, string? Scopes = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/providers", Handle).WithName(nameof(AddProvider)).Creates();

    internal static async Task<Answer<ListProviders.View>> Handle(
        Request request, Caller caller, IdentityDb db, SecretBox box, ReachableAddresses reachable,
        IConfiguration configuration, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return missing;
        var organisation = new OrganisationRef(request.OrganisationId ?? caller.Organisation);
        var isAllowed = organisation.Value == caller.Organisation || caller.Has(Roles.Operator);
        if (!isAllowed || !await db.Organisations.AnyAsync(one => one.OrganisationId == organisation, cancel))
            return Refusal.NotFound;
        if (caller.Exceeds(unit: null) is { } other) return other;
        if (WhatIsWrong(request, reachable) is { } malformed) return malformed;
        await db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended({organisation.Value.ToString()}, 4715))", cancel);
        if (await db.Providers.CountAsync(one => one.OrganisationId == organisation && one.EndedAt == null, cancel)
            >= ProvidersMax) return ProviderRefusals.TooMany(ProvidersMax);

        var now = clock.GetUtcNow();
        var (secret, jwk) = request.Proof is ClientProof.PrivateKeyJwt
            ? OurKey.New(now) : (Encoding.UTF8.GetBytes(request.ClientSecret!), null);
        var provider = Provider.Add(
            new ProviderId(Guid.CreateVersion7(now)), organisation, request.Name, request.Issuer, request.Tenant,
            request.ClientId, box.Close(secret), jwk, request.Scopes, now);
        db.Providers.Add(provider);
        await db.SaveChangesAsync(cancel);
        return Answers.Created(
            $"/identity/v1/providers/{provider.ProviderId.Value}",
            await ListProviders.Of(provider, caller, db, configuration, cancel), provider.Version);
    }

    internal static Fields Described(
        this Fields fields, string name, string clientId, string? clientSecret, string? scopes) => fields
        .Text("name", name, NameMax).Text("clientId", clientId, ClientMax).OptionalText("clientSecret", clientSecret, SecretMax)
        .OptionalText("scopes", scopes, ScopesMax)
        .Must("scopes", scopes is null || Provider.AreScopes(scopes), "provider.scopes");

    private static Refusal? WhatIsWrong(Request request, ReachableAddresses reachable)
    {
        var hasSecret = request.ClientSecret is { Length: > 0 };
        return new Fields().Described(request.Name, request.ClientId, request.ClientSecret, request.Scopes)
            .Text("issuer", request.Issuer, IssuerMax)
            .Must("issuer", IsIssuer(request.Issuer, reachable), "provider.issuer")
            .Must("clientSecret", hasSecret == request.Proof is ClientProof.ClientSecret, "provider.secret")
            .OptionalText("tenant", request.Tenant, ClientMax)
            .Must("tenant", request.Tenant is null || request.Tenant.Trim().All(IsInTenants), "provider.tenant")
            .Refusal;
    }

    private static bool IsIssuer(string issuer, ReachableAddresses reachable) =>
        reachable.MayBeCalled(issuer.Trim()) && new Uri(issuer.Trim()) is { Query: "", Fragment: "" };

    private static bool IsInTenants(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.';
}
