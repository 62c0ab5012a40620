using Iop.Identity.Domain;
using Iop.Identity.Storage;

namespace Iop.Identity.Memberships;

/// <summary>Those an organisation is never without: administrators of the whole of it who can come in, or, where it is run,
/// operators. An administrator of one unit does not count, nor one who has not taken up the invitation.</summary>
internal static class Guardians
{
    public static IQueryable<Membership> Of(IdentityDb db, OrganisationRef organisation, string role)
    {
        var passwords = db.People.Where(person => person.PasswordHash != null).Select(person => person.PersonId);
        var logins = db.Logins.Where(login => db.ProviderGrants.Any(
            grant => grant.ProviderId == login.ProviderId && grant.OrganisationId == organisation));
        return db.Memberships.Where(one =>
            one.OrganisationId == organisation && one.UnitId == null && one.OwnRoles.Contains(role)
            && ((one.ProviderId == null && passwords.Contains(one.PersonId))
                || logins.Any(login => login.PersonId == one.PersonId
                    && (one.ProviderId == null || one.ProviderId == login.ProviderId))));
    }
}
