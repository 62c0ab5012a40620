using Iop.Identity.Domain;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Providers;

/// <summary>One grant, and how many people would lose roles with it: what an administrator is to know before taking it
/// back.</summary>
internal static class ShowGrant
{
    /// <param name="IsLast">No other grant gives roles there: then all that follows ends at once, else at the next
    /// sign-in.</param>
    /// <param name="People">How many would lose roles.</param>
    public sealed record View(ListProviders.GrantView Grant, bool IsLast, int People, string GrantTag);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/providers/{id:guid}/grants/{grantId:guid}", Handle).WithName(nameof(ShowGrant));

    internal static async Task<Answer<View>> Handle(
        Guid id, Guid grantId, Caller caller, IdentityDb db, IConfiguration configuration, CancellationToken cancel)
    {
        if (await ListProviders.Find(id, caller, db, cancel) is not { } provider) return Refusal.NotFound;
        var all = await ListProviders.Of(provider, caller, db, configuration, cancel);
        if (all.Grants.FirstOrDefault(one => one.Id == grantId) is not { } shown) return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return missing;
        var grant = await db.ProviderGrants.AsNoTracking().SingleAsync(one => one.GrantId == grantId, cancel);
        var others = await Others(grant, db, cancel);
        var people = await People(grant, others, db, cancel);
        var tag = Tag(others);
        return Answers.Ok(new View(shown, others.Count == 0, people, tag), tag);
    }

    /// <summary>What else gives roles in the same place: with it or without it taking back means something else.</summary>
    public static async Task<IReadOnlyList<ProviderGrant>> Others(ProviderGrant grant, IdentityDb db, CancellationToken cancel) =>
        await db.ProviderGrants.AsNoTracking().Where(one => one.ProviderId == grant.ProviderId
            && one.OrganisationId == grant.OrganisationId && one.UnitId == grant.UnitId && one.GrantId != grant.GrantId)
            .OrderBy(one => one.GrantId).ToListAsync(cancel);

    public static string Tag(IReadOnlyList<ProviderGrant> others) =>
        others.Count == 0 ? "last" : $"{others.Count}-{others[^1].GrantId:N}";

    private static async Task<int> People(
        ProviderGrant grant, IReadOnlyList<ProviderGrant> others, IdentityDb db, CancellationToken cancel)
    {
        var onlyHere = grant.Roles.Except(others.SelectMany(one => one.Roles), StringComparer.Ordinal).ToList();
        var following = db.Memberships.Where(one => one.ProviderId == grant.ProviderId
            && one.OrganisationId == grant.OrganisationId && one.UnitId == grant.UnitId && one.OwnRoles.Count > 0);
        return await (others.Count == 0 ? following : following.Where(one => one.OwnRoles.Any(role => onlyHere.Contains(role))))
            .CountAsync(cancel);
    }
}
