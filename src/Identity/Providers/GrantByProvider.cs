using Iop.Identity.Domain;
using Iop.Identity.Memberships;
using Iop.Identity.StandingIn;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Providers;

/// <summary>An administrator decides which roles in the own organisation follow from a group or app role at a provider
/// (koppling). The operator does so only as for memberships: the first admin, and operators.</summary>
internal static class GrantByProvider
{
    private const int ValueMax = 200;
    private const int GrantsMax = 200;

    /// <param name="Source">group, or app-role.</param>
    /// <param name="Value">Its name or id as the provider sends it.</param>
    /// <param name="Roles">What whoever has it gets.</param>
    /// <param name="OrganisationId">Where; one's own organisation unless the operator says another.</param>
    /// <param name="UnitId">In one unit of it only.</param>
    public sealed record Request(
        GrantSource Source, string Value, IReadOnlyList<string> Roles, Guid? OrganisationId = null, Guid? UnitId = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/providers/{id:guid}/grants", Handle).WithName(nameof(GrantByProvider)).Creates();
        api.MapDelete("/providers/{id:guid}/grants/{grantId:guid}", TakeBack).WithName("TakeBackGrant");
    }

    internal static async Task<Answer<ListProviders.View>> Handle(
        Guid id, Request request, Caller caller, IdentityDb db, IConfiguration configuration, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await ListProviders.Find(id, caller, db, cancel) is not { } provider) return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return missing;
        var wrong = GiveMembership.RolesIn(request.Roles).Text("value", request.Value, ValueMax);
        if (wrong.Refusal is { } malformed) return malformed;
        var (organisation, giver) = (
            new OrganisationRef(request.OrganisationId ?? caller.Organisation), new OrganisationRef(caller.Organisation));
        UnitRef? unit = request.UnitId is { } asked ? new UnitRef(asked) : null;
        await db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended({organisation.Value.ToString()}, 4714))", cancel);
        var hasAdmin = await Guardians.Of(db, organisation, Roles.Admin).AnyAsync(cancel);
        if (Membership.MayBeGiven(request.Roles, organisation, giver, caller.Has(Roles.Operator), hasAdmin) is { } no) return no;
        if (caller.Exceeds(unit) is { } other) return other;
        // The first grant makes the whole organisation trust the provider: that is not for one unit to decide.
        if (caller.OnlyUnit() is not null && !await db.ProviderGrants.AnyAsync(
            one => one.ProviderId == provider.ProviderId && one.OrganisationId == organisation, cancel))
            return MembershipRefusals.OtherUnit;
        if (organisation != giver && provider.OrganisationId != organisation
            && provider.OrganisationId != OrganisationRef.Operating) return Refusal.NotFound; // a third one's word
        if (!await db.Organisations.AnyAsync(one => one.OrganisationId == organisation, cancel)) return Refusal.NotFound;
        if (unit is not null && !await db.Units.AnyAsync(one => one.UnitId == unit && one.OrganisationId == organisation, cancel))
            return Refusal.NotFound;
        var value = request.Value.Trim();
        var there = await db.ProviderGrants.FirstOrDefaultAsync(
            one => one.ProviderId == provider.ProviderId && one.Source == request.Source && one.Value == value
            && one.OrganisationId == organisation && one.UnitId == unit, cancel);
        if (there is not null) return ProviderRefusals.GrantThere(there.GrantId);
        if (await db.ProviderGrants.CountAsync(
            one => one.ProviderId == provider.ProviderId && one.OrganisationId == organisation, cancel) >= GrantsMax)
            return ProviderRefusals.TooMany(GrantsMax);

        var grant = new ProviderGrant
        {
            GrantId = Guid.CreateVersion7(clock.GetUtcNow()), ProviderId = provider.ProviderId, Source = request.Source,
            Value = value, OrganisationId = organisation, UnitId = unit,
            Roles = [.. request.Roles.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
        db.ProviderGrants.Add(grant);
        await db.SaveChangesAsync(cancel);
        return Answers.Created(
            $"/identity/v1/providers/{id}/grants/{grant.GrantId}",
            await ListProviders.Of(provider, caller, db, configuration, cancel), provider.Version);
    }

    /// <summary>What followed from it ends when the person signs in next; with the last one there, at once.</summary>
    internal static async Task<Answer<ListProviders.View>> TakeBack(
        Guid id, Guid grantId, Caller caller, IfMatch ifMatch, IdentityDb db, SettleStandIns standIns, AccountTrail trail,
        IConfiguration configuration, CancellationToken cancel)
    {
        var (own, all, only) = (
            new OrganisationRef(caller.Organisation), caller.Has(Roles.Operator), caller.OnlyUnit());
        if (await ListProviders.Find(id, caller, db, cancel) is not { } provider) return Refusal.NotFound;
        var grant = await db.ProviderGrants.FirstOrDefaultAsync(
            one => one.GrantId == grantId && one.ProviderId == provider.ProviderId && (all || one.OrganisationId == own)
            && (only == null || one.UnitId == only), cancel);
        if (grant is null) return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return missing;
        var (where, unit) = (grant.OrganisationId, grant.UnitId);
        await db.OneGiverAtATime(where, cancel);
        if (ifMatch.Misses(ShowGrant.Tag(await ShowGrant.Others(grant, db, cancel))) is { } stale) return stale;
        db.ProviderGrants.Remove(grant);
        await db.SaveChangesAsync(cancel);
        var isLast = !await db.ProviderGrants.AnyAsync(
            one => one.ProviderId == provider.ProviderId && one.OrganisationId == where && one.UnitId == unit, cancel);
        if (isLast)
        {
            await FollowNoMore.End(db.Memberships.Where(one => one.ProviderId == provider.ProviderId
                && one.OrganisationId == where && one.UnitId == unit), db, standIns, trail, cancel);
        }
        return Answers.Ok(await ListProviders.Of(provider, caller, db, configuration, cancel), provider.Version);
    }
}
