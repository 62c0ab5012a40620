using System.Text;
using Iop.Identity.Domain;
using Iop.Identity.SigningIn;
using Iop.Identity.StandingIn;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Providers;

/// <summary>The name, or who we are there, changes; or nobody comes in by it any more. Its issuer never changes: others trust
/// just that one.</summary>
internal static class ChangeProvider
{
    /// <param name="Name">What people choose it by.</param>
    /// <param name="ClientId">Who we are there.</param>
    /// <param name="ClientSecret">A new one; without it the old stays.</param>
    /// <param name="Scopes">What it is asked for; unless said, as before.</param>
    public sealed record Request(string Name, string ClientId, string? ClientSecret = null, string? Scopes = null);

    public sealed record Ended(Guid Id, DateTimeOffset EndedAt);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/providers/{id:guid}", Handle).WithName(nameof(ChangeProvider));
        api.MapDelete("/providers/{id:guid}", End).WithName("EndProvider");
    }

    internal static async Task<Answer<ListProviders.View>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, IdentityDb db, SecretBox box, IConfiguration configuration,
        CancellationToken cancel)
    {
        if (await Mine(id, caller, db, cancel) is not { } provider) return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return missing;
        if (ifMatch.Misses(provider.Version) is { } stale) return stale;
        var wrong = new Fields().Described(request.Name, request.ClientId, request.ClientSecret, request.Scopes)
            .Must("clientSecret", request.ClientSecret is null || provider.Proof is ClientProof.ClientSecret, "provider.secret");
        if (wrong.Refusal is { } malformed) return malformed;
        provider.Change(request.Name, request.ClientId,
            request.ClientSecret is { Length: > 0 } secret ? box.Close(Encoding.UTF8.GetBytes(secret)) : null, request.Scopes);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await ListProviders.Of(provider, caller, db, configuration, cancel), provider.Version);
    }

    /// <summary>With its grants every organisation's trust goes: sessions that began there get no more tokens, and the roles
    /// that followed from it end.</summary>
    internal static async Task<Answer<Ended>> End(
        Guid id, Caller caller, IfMatch ifMatch, IdentityDb db, SettleStandIns standIns, AccountTrail trail,
        TimeProvider clock, CancellationToken cancel)
    {
        if (await Mine(id, caller, db, cancel) is not { } provider) return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return missing;
        if (ifMatch.Misses(provider.Version) is { } stale) return stale;
        provider.End(clock.GetUtcNow());
        db.ProviderGrants.RemoveRange(
            await db.ProviderGrants.Where(one => one.ProviderId == provider.ProviderId).ToListAsync(cancel));
        await db.SaveChangesAsync(cancel);
        await FollowNoMore.End(
            db.Memberships.Where(one => one.ProviderId == provider.ProviderId), db, standIns, trail, cancel);
        return Answers.Ok(new Ended(id, provider.EndedAt!.Value), provider.Version);
    }

    private static async Task<Provider?> Mine(Guid id, Caller caller, IdentityDb db, CancellationToken cancel) =>
        await ListProviders.Find(id, caller, db, cancel) is { } provider && ListProviders.IsMine(provider, caller)
            ? provider : null;
}
