using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.Identity.Systems;

/// <summary>An administrator gives one of the organisation's systems another name or other roles. Its next token says so; one
/// already given says the old ones until it ends.</summary>
internal static class ChangeSystem
{
    public sealed record Request(string Name, IReadOnlyList<string> Roles);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/systems/{id:guid}", Handle).WithName(nameof(ChangeSystem));

    internal static async Task<Answer<SystemKeys.View>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, IdentityDb db, CancellationToken cancel)
    {
        if (await SystemKeys.Own(id, caller, db, cancel) is not { } system) return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin) is { } missing) return missing;
        if (ifMatch.Misses(system.Version) is { } stale) return stale;
        if (RegisterSystem.Described(request.Name, request.Roles).Refusal is { } malformed) return malformed;
        (system.Name, system.Roles) = (request.Name.Trim(), RegisterSystem.Sorted(request.Roles));
        system.Version++;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok((await SystemKeys.Of([system], db, cancel))[0], system.Version);
    }
}
