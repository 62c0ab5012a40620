using Iop.Identity.Domain;
using Iop.Identity.Storage;
using Iop.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Memberships;

/// <summary>Which login each membership of an organisation follows, and which it could: one by which the person comes in, and
/// that gives roles in the same place.</summary>
internal sealed class FollowedLogins
{
    private readonly Dictionary<ProviderId, string> _names;
    private readonly ILookup<PersonId, ProviderId> _byPerson;
    private readonly HashSet<(ProviderId Provider, UnitRef? Unit)> _gives;

    private FollowedLogins(
        Dictionary<ProviderId, string> names, ILookup<PersonId, ProviderId> byPerson,
        HashSet<(ProviderId Provider, UnitRef? Unit)> gives) => (_names, _byPerson, _gives) = (names, byPerson, gives);

    public static async Task<FollowedLogins> Of(
        IReadOnlyCollection<Membership> memberships, OrganisationRef organisation, IdentityDb db, CancellationToken cancel)
    {
        var gives = await db.ProviderGrants.Where(one => one.OrganisationId == organisation)
            .Select(one => new { one.ProviderId, one.UnitId }).Distinct().ToListAsync(cancel);
        var (people, followed) = (
            memberships.Select(one => one.PersonId).Distinct().ToList(),
            memberships.Select(one => one.ProviderId).OfType<ProviderId>().Concat(gives.Select(one => one.ProviderId)).Distinct()
                .ToList());
        var names = await db.Providers.Where(one => followed.Contains(one.ProviderId))
            .ToDictionaryAsync(one => one.ProviderId, one => one.Name, cancel);
        var logins = await db.Logins.Where(one => people.Contains(one.PersonId) && followed.Contains(one.ProviderId))
            .Select(one => new { one.PersonId, one.ProviderId }).Distinct().ToListAsync(cancel);
        return new FollowedLogins(
            names, logins.ToLookup(one => one.PersonId, one => one.ProviderId),
            [.. gives.Select(one => (one.ProviderId, one.UnitId))]);
    }

    public bool MayFollow(Membership membership, ProviderId provider) =>
        _gives.Contains((provider, membership.UnitId)) && _byPerson[membership.PersonId].Contains(provider);

    public MembershipView In(Membership membership, MembershipView view) => view with
    {
        Follows = membership is { ProviderId: { } provider, HeardAt: { } heard }
            ? new MembershipView.Followed(
                provider.Value, _names[provider], SwedishTime.DateIn(heard + Membership.FollowsUnheardFor)) : null,
        MayFollow =
        [
            .. _byPerson[membership.PersonId].Where(one => one != membership.ProviderId && MayFollow(membership, one))
                .Select(one => new MembershipView.Login(one.Value, _names[one])).OrderBy(one => one.Id),
        ],
    };
}
