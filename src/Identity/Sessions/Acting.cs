using Iop.Identity.Domain;
using Iop.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Sessions;

/// <summary>For whom a person may act: memberships that have roles. Whoever came in by a provider acts only for organisations
/// that trust it, and roles that follow a provider's word count only for those who came in by it: so no provider opens another
/// organisation's door, and none is passed by with a password.</summary>
internal static class Acting
{
    public static IQueryable<Membership> Of(IdentityDb db, PersonId person, ProviderId? by)
    {
        var held = db.Memberships.Where(membership => membership.PersonId == person && membership.Roles.Count > 0);
        held = by is null
            ? held.Where(membership => membership.ProviderId == null)
            : held.Where(membership => (membership.ProviderId == null || membership.ProviderId == by)
                && db.ProviderGrants.Any(grant => grant.ProviderId == by && grant.OrganisationId == membership.OrganisationId));
        return held.OrderBy(membership => membership.MembershipId);
    }

    /// <summary>The oldest, until the person chooses another.</summary>
    public static Task<Membership?> Default(IdentityDb db, PersonId person, ProviderId? by, CancellationToken cancel) =>
        Of(db, person, by).FirstOrDefaultAsync(cancel);

    /// <summary>Somebody has come to act for it: the day is kept.</summary>
    public static Task Seen(IdentityDb db, Membership acting, DateOnly today, CancellationToken cancel) => db.Memberships
        .Where(one => one.MembershipId == acting.MembershipId && (one.SignedInOn == null || one.SignedInOn != today))
        .ExecuteUpdateAsync(set => set.SetProperty(one => one.SignedInOn, today), cancel);

    /// <summary>The one of a session; null when it has been taken away since.</summary>
    public static Task<Membership?> In(IdentityDb db, Session session, CancellationToken cancel) =>
        Of(db, session.PersonId, session.ProviderId).FirstOrDefaultAsync(
            membership => membership.OrganisationId == session.OrganisationId && membership.UnitId == session.UnitId, cancel);
}
