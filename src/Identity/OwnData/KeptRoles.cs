using Iop.Identity.Domain;
using Iop.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.OwnData;

/// <summary>What a person may do, for whom, and by whose word; and what she has done to what others may.</summary>
internal sealed class KeptRoles
{
    private readonly PersonId _own;
    private readonly List<Membership> _memberships;
    private readonly List<StandIn> _standIns;
    private readonly List<SecondFactorReset> _resets;
    private readonly List<ProviderGrant> _grants;
    private readonly Dictionary<OrganisationRef, string> _organisations;
    private readonly Dictionary<UnitRef, string> _units;
    private readonly Dictionary<ProviderId, string> _providers;

    private KeptRoles(
        PersonId own, List<Membership> memberships, List<StandIn> standIns, List<SecondFactorReset> resets,
        List<ProviderGrant> grants, Dictionary<OrganisationRef, string> organisations, Dictionary<UnitRef, string> units,
        Dictionary<ProviderId, string> providers)
    {
        (_own, _memberships, _standIns, _resets, _grants) = (own, memberships, standIns, resets, grants);
        (_organisations, _units, _providers) = (organisations, units, providers);
    }

    public static async Task<KeptRoles> Of(PersonId own, IdentityDb db, CancellationToken cancel)
    {
        var memberships = await db.Memberships.AsNoTracking().Where(one => one.PersonId == own)
            .OrderBy(one => one.MembershipId).ToListAsync(cancel);
        var lent = memberships.ConvertAll(one => one.MembershipId);
        var standIns = await db.StandIns.AsNoTracking().Where(one => one.PersonId == own || one.AppointedBy == own.Value
            || lent.Contains(one.MembershipId)).OrderBy(one => one.StandInId).ToListAsync(cancel);
        var resets = await db.SecondFactorResets.AsNoTracking().Where(one => one.PersonId == own || one.AskedBy == own.Value
            || one.ConfirmedBy == own.Value).OrderBy(one => one.AskedAt).ToListAsync(cancel);
        var followed = memberships.ConvertAll(one => one.ProviderId).OfType<ProviderId>().ToList();
        var grants = await db.ProviderGrants.AsNoTracking().Where(one => followed.Contains(one.ProviderId))
            .OrderBy(one => one.GrantId).ToListAsync(cancel);
        grants.RemoveAll(grant => !memberships.Exists(one => one.ProviderId == grant.ProviderId
            && one.OrganisationId == grant.OrganisationId && one.UnitId == grant.UnitId));
        var places = memberships.Select(one => one.OrganisationId).Concat(standIns.Select(one => one.OrganisationId))
            .Concat(resets.Select(one => one.OrganisationId)).Distinct().ToList();
        return new KeptRoles(own, memberships, standIns, resets, grants,
            await db.Organisations.Where(one => places.Contains(one.OrganisationId))
                .ToDictionaryAsync(one => one.OrganisationId, one => one.Name, cancel),
            await db.Units.Where(one => places.Contains(one.OrganisationId))
                .ToDictionaryAsync(one => one.UnitId, one => one.Name, cancel),
            await db.Providers.Where(one => followed.Contains(one.ProviderId)
                    || db.Logins.Any(login => login.PersonId == own && login.ProviderId == one.ProviderId)
                    || db.Sessions.Any(session => session.PersonId == own && session.ProviderId == one.ProviderId))
                .ToDictionaryAsync(one => one.ProviderId, one => one.Name, cancel));
    }

    public string? Organisation(OrganisationRef id) => _organisations.GetValueOrDefault(id);

    public string? Provider(ProviderId? id) => id is { } known ? _providers.GetValueOrDefault(known) : null;

    public IReadOnlyList<ShowOwnData.MembershipLine> Memberships() => _memberships.ConvertAll(one =>
        new ShowOwnData.MembershipLine(_organisations[one.OrganisationId], Unit(one.UnitId), one.Roles, one.GivenAt,
            Provider(one.ProviderId), one.LentRoles));

    public IReadOnlyList<ShowOwnData.StandInLine> StandIns() => _standIns.ConvertAll(one => new ShowOwnData.StandInLine(
        _organisations[one.OrganisationId],
        one.PersonId == _own ? "stands-in" : _memberships.Exists(held => held.MembershipId == one.MembershipId) ? "lends"
            : "appointed",
        one.FromOn, one.ToOn, one.EndedAt));

    public IReadOnlyList<ShowOwnData.GrantLine> Grants() => _grants.ConvertAll(one => new ShowOwnData.GrantLine(
        _providers[one.ProviderId], _organisations[one.OrganisationId], Unit(one.UnitId), one.Source, one.Value, one.Roles));

    public IReadOnlyList<ShowOwnData.ResetLine> Resets() => _resets.ConvertAll(one => new ShowOwnData.ResetLine(
        _organisations[one.OrganisationId],
        one.PersonId == _own ? "mine" : one.AskedBy == _own.Value ? "asked" : "confirmed",
        // Why another needed it is told of that other, and of who wrote it.
        one.PersonId == _own || one.AskedBy == _own.Value ? one.Reason : "", one.AskedAt, one.ConfirmedAt));

    private string? Unit(UnitRef? id) => id is { } known ? _units.GetValueOrDefault(known) : null;
}
