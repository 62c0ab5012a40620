using Iop.Identity.Storage;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Federation;

/// <summary>Whose login one can come in by: public, since it is chosen before signing in.</summary>
internal static class ListOpenProviders
{
    private const int ItemsMax = 500;

    public sealed record View(Guid Id, string Name);

    public sealed record List(IReadOnlyList<View> Items);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/sign-in/providers", Handle).WithName(nameof(ListOpenProviders)).AllowAnonymous();

    /// <summary>Those that somebody trusts.</summary>
    internal static async Task<Answer<List>> Handle(IdentityDb db, CancellationToken cancel) =>
        new List(await db.Providers
            .Where(one => one.EndedAt == null && db.ProviderGrants.Any(grant => grant.ProviderId == one.ProviderId))
            .OrderBy(one => one.Name).ThenBy(one => one.ProviderId).Take(ItemsMax)
            .Select(one => new View(one.ProviderId.Value, one.Name)).ToListAsync(cancel));
}
