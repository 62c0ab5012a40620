using System.Text.Json;
using Iop.Identity.Domain;
using Iop.Identity.Memberships;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Systems;

/// <summary>One of a system's keys, beside the one it was registered with.</summary>
internal sealed class SystemKey
{
    public required Guid KeyId { get; init; }

    public required Guid SystemId { get; init; }

    public required string PublicJwk { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>An administrator sees the organisation's systems and changes their keys (byter nyckel): the new one is added, the
/// system begins to use it, the old one is ended. A system without a key gets no more tokens.</summary>
internal static class SystemKeys
{
    private const int ItemsMax = 200;
    private const int KeysMax = 5;

    public sealed record Request(JsonElement PublicJwk);

    /// <param name="UsedAt">When the system last proved itself with it; never, or not yet.</param>
    /// <param name="KeyTag">Says beside which other keys it was seen: ending the last one is another thing.</param>
    public sealed record KeyView(Guid Id, DateTimeOffset AddedAt, DateTimeOffset? UsedAt, string KeyTag);

    public sealed record View(
        Guid Id, string Name, Guid? UnitId, IReadOnlyList<string> Roles, IReadOnlyList<KeyView> Keys, string SystemTag);

    public sealed record List(IReadOnlyList<View> Items);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/systems", Handle).WithName("ListSystems");
        api.MapGet("/systems/{id:guid}", Show).WithName("ShowSystem");
        api.MapPost("/systems/{id:guid}/keys", Add).WithName("AddSystemKey").Creates();
        api.MapDelete("/systems/{id:guid}/keys/{keyId:guid}", End).WithName("EndSystemKey");
    }

    internal static async Task<Answer<List>> Handle(Caller caller, IdentityDb db, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Admin) is { } missing) return missing;
        var (own, only) = (new OrganisationRef(caller.Organisation), caller.OnlyUnit());
        var systems = await db.Systems.AsNoTracking().Where(one => one.OrganisationId == own
            && (only == null || one.UnitId == only)).OrderBy(one => one.Name).Take(ItemsMax).ToListAsync(cancel);
        return new List(await Of(systems, db, cancel));
    }

    internal static async Task<Answer<View>> Show(Guid id, Caller caller, IdentityDb db, CancellationToken cancel)
    {
        if (await Own(id, caller, db, cancel) is not { } system) return Refusal.NotFound;
        return caller.Lacks(Roles.Admin) is { } missing
            ? missing : Answers.Ok((await Of([system], db, cancel))[0], system.Version);
    }

    internal static async Task<Answer<View>> Add(
        Guid id, Request request, Caller caller, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await Own(id, caller, db, cancel) is not { } system) return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin) is { } missing) return missing;
        if (new Fields().Must("publicJwk", RegisterSystem.IsPublicKey(request.PublicJwk), "system.key-not-public").Refusal
            is { } malformed) return malformed;
        await OneAtATime(id, db, cancel);
        if (await db.SystemKeys.CountAsync(one => one.SystemId == id && one.EndedAt == null, cancel) >= KeysMax)
            return SystemRefusals.TooManyKeys(KeysMax);
        var key = New(id, request.PublicJwk, clock.GetUtcNow());
        db.SystemKeys.Add(key);
        await db.SaveChangesAsync(cancel);
        return Answers.Created(
            $"/identity/v1/systems/{id}/keys/{key.KeyId}", (await Of([system], db, cancel))[0], system.Version);
    }

    internal static async Task<Answer<View>> End(
        Guid id, Guid keyId, Caller caller, IfMatch ifMatch, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await Own(id, caller, db, cancel) is not { } system) return Refusal.NotFound;
        await OneAtATime(id, db, cancel);
        var key = await db.SystemKeys.FirstOrDefaultAsync(
            one => one.KeyId == keyId && one.SystemId == id && one.EndedAt == null, cancel);
        if (key is null) return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin) is { } missing) return missing;
        if (ifMatch.Misses(Tag(await Live([id], db, cancel))) is { } stale) return stale;
        key.EndedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancel);
        return Answers.Ok((await Of([system], db, cancel))[0], system.Version);
    }

    private static Task OneAtATime(Guid id, IdentityDb db, CancellationToken cancel) => db.Database.ExecuteSqlAsync(
        $"SELECT pg_advisory_xact_lock(hashtextextended({id.ToString()}, 4717))", cancel);

    private static Task<List<SystemKey>> Live(List<Guid> systems, IdentityDb db, CancellationToken cancel) =>
        db.SystemKeys.AsNoTracking().Where(one => systems.Contains(one.SystemId) && one.EndedAt == null)
            .OrderBy(one => one.KeyId).ToListAsync(cancel);

    private static string Tag(IReadOnlyList<SystemKey> live) =>
        live.Count == 0 ? "none" : $"{live.Count}-{live[^1].KeyId:N}";

    internal static SystemKey New(Guid system, JsonElement jwk, DateTimeOffset now) => new()
    {
        KeyId = Guid.CreateVersion7(now), SystemId = system, PublicJwk = jwk.GetRawText(), AddedAt = now,
    };

    internal static Task<SystemClient?> Own(Guid id, Caller caller, IdentityDb db, CancellationToken cancel)
    {
        var (own, only) = (new OrganisationRef(caller.Organisation), caller.OnlyUnit());
        return db.Systems.FirstOrDefaultAsync(
            one => one.SystemId == id && one.OrganisationId == own && (only == null || one.UnitId == only), cancel);
    }

    internal static async Task<IReadOnlyList<View>> Of(List<SystemClient> systems, IdentityDb db, CancellationToken cancel)
    {
        var ids = systems.ConvertAll(one => one.SystemId);
        var keys = (await Live(ids, db, cancel)).ToLookup(one => one.SystemId);
        return systems.ConvertAll(one => new View(one.SystemId, one.Name, one.UnitId?.Value, one.Roles,
            [.. keys[one.SystemId].Select(key => new KeyView(key.KeyId, key.AddedAt, key.UsedAt, Tag([.. keys[one.SystemId]])))],
            $"{one.Version}"));
    }
}
