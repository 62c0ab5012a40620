using Iop.Identity.Domain;
using Iop.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Sessions;

/// <summary>For whom a person may act: memberships that have roles.</summary>
internal static class Acting
{
    public static IQueryable<Membership> Of(IdentityDb db, PersonId person) =>
        db.Memberships.Where(membership => membership.PersonId == person && membership.Roles.Count > 0)
            .OrderBy(membership => membership.MembershipId);

    /// <summary>The oldest, until the person chooses another.</summary>
    public static Task<Membership?> Default(IdentityDb db, PersonId person, CancellationToken cancel) =>
        Of(db, person).FirstOrDefaultAsync(cancel);

    /// <summary>The one of a session; null when it has been taken away since.</summary>
    public static Task<Membership?> In(IdentityDb db, Session session, CancellationToken cancel) => Of(db, session.PersonId)
        .FirstOrDefaultAsync(
            membership => membership.OrganisationId == session.OrganisationId && membership.UnitId == session.UnitId, cancel);
}
