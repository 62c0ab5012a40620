using System.Text.Json;
using Iop.Identity.Domain;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Providers;

/// <summary>An administrator renews our key at a provider (byter nyckel): the new one is published, the provider learns it, it
/// signs, the old one goes. On no day does nobody come in, and until the old one is gone it can be taken back.</summary>
internal static class RenewProviderKey
{
    private const string KeysAreFreshFor = "public, max-age=60";

    public sealed record KeySet(IReadOnlyList<JsonElement> Keys);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/providers/{id:guid}/key", Renew).WithName(nameof(RenewProviderKey));
        api.MapPost("/providers/{id:guid}/key/swap", Swap).WithName("SwapProviderKeys");
        api.MapDelete("/providers/{id:guid}/key", Drop).WithName("DropProviderKey");
        // Open, as key sets are: a provider fetches it by itself.
        api.MapGet("/providers/{id:guid}/jwks.json", Published).AllowAnonymous().ExcludeFromDescription();
    }

    internal static Task<Answer<ListProviders.View>> Renew(
        Guid id, Caller caller, IfMatch ifMatch, IdentityDb db, SecretBox box, IConfiguration configuration,
        TimeProvider clock, CancellationToken cancel) => Change(id, caller, ifMatch, db, configuration, provider =>
    {
        var (key, jwk) = OurKey.New(clock.GetUtcNow());
        return provider.Renew(box.Close(key), jwk, clock.GetUtcNow());
    }, cancel);

    internal static Task<Answer<ListProviders.View>> Swap(
        Guid id, Caller caller, IfMatch ifMatch, IdentityDb db, IConfiguration configuration, TimeProvider clock,
        CancellationToken cancel) =>
        Change(id, caller, ifMatch, db, configuration, provider => provider.Swap(clock.GetUtcNow()), cancel);

    internal static Task<Answer<ListProviders.View>> Drop(
        Guid id, Caller caller, IfMatch ifMatch, IdentityDb db, IConfiguration configuration, CancellationToken cancel) =>
        Change(id, caller, ifMatch, db, configuration, provider => provider.DropOther(), cancel);

    internal static async Task<IResult> Published(Guid id, HttpContext http, IdentityDb db, CancellationToken cancel)
    {
        var provider = await db.Providers.AsNoTracking()
            .FirstOrDefaultAsync(one => one.ProviderId == new ProviderId(id) && one.EndedAt == null, cancel);
        if (provider?.PublicJwk is null) return (Answer<KeySet>)Refusal.NotFound;
        http.Response.Headers.CacheControl = KeysAreFreshFor;
        string?[] keys = [provider.PublicJwk, provider.OtherPublicJwk];
        return Results.Json(new KeySet([.. keys.OfType<string>().Select(jwk => JsonSerializer.Deserialize<JsonElement>(jwk))]));
    }

    private static async Task<Answer<ListProviders.View>> Change(
        Guid id, Caller caller, IfMatch ifMatch, IdentityDb db, IConfiguration configuration,
        Func<Provider, Refusal?> change, CancellationToken cancel)
    {
        var found = await ListProviders.Find(id, caller, db, cancel);
        if (found is not { } provider || !ListProviders.IsMine(provider, caller)) return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return missing;
        if (ifMatch.Misses(provider.Version) is { } stale) return stale;
        if (change(provider) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await ListProviders.Of(provider, caller, db, configuration, cancel), provider.Version);
    }
}
