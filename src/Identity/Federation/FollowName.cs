using Iop.Identity.Domain;
using Iop.Identity.Memberships;
using Iop.Identity.People;
using Iop.Identity.Storage;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Federation;

/// <summary>Whoever has no way in but one login, and roles only where it is trusted, is called what it says, from each sign-in
/// on, and is reached at the address that it vouches for, unless it is somebody else's. All others decide themselves: a provider
/// must not rename, or have the mail of, somebody whom others let in.</summary>
internal sealed class FollowName(IdentityDb db)
{
    public async Task From(Provider by, Said said, Person person, CancellationToken cancel)
    {
        if (person.CanSignIn || await db.Logins.CountAsync(one => one.PersonId == person.PersonId, cancel) > 1) return;
        var isTrustedElsewhere = await db.Memberships.AnyAsync(one => one.PersonId == person.PersonId && one.Roles.Count > 0
            && !db.ProviderGrants.Any(
                grant => grant.ProviderId == by.ProviderId && grant.OrganisationId == one.OrganisationId), cancel);
        if (isTrustedElsewhere) return;
        var email = said is { AddressIsVerified: true, Email: { } verified } ? Person.Normal(verified) : person.Email;
        if (email != person.Email) await db.OneClaimantAtATime(email, cancel);
        var isAnothers = email != person.Email
            && await db.People.AnyAsync(one => one.Email == email && one.PersonId != person.PersonId, cancel);
        if (isAnothers) email = person.Email;
        var name = said.Name ?? person.Name;
        if (new Fields().WhoItIs(name, email, person.Language).Refusal is not null) return;
        var before = person.Email;
        if (!person.IsCalled(name, email)) return;
        if (before != email) // links on their way by mail have gone to the old one
            await db.OneTimeLinks.Where(one => one.PersonId == person.PersonId).ExecuteDeleteAsync(cancel);
        foreach (var held in await db.Memberships.Where(one => one.PersonId == person.PersonId && one.Roles.Count > 0)
            .ToListAsync(cancel))
        {
            held.Retold();
            db.Announce(held.MembershipId.Value, held.Version, MembershipView.Fact(held, person));
        }
        await db.SaveChangesAsync(cancel);
    }
}
