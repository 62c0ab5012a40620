using Iop.Identity.Domain;
using Iop.Identity.Memberships;
using Iop.Identity.People;
using Iop.Identity.Providers;
using Iop.Identity.Sessions;
using Iop.Identity.StandingIn;
using Iop.Identity.Storage;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Federation;

/// <summary>What a provider says of a person becomes true here: at the first sign-in the person and what the grants give, at
/// every next one what they give now, and no more. What an administrator has given or taken by hand stays so.</summary>
internal sealed class FollowProvider(
    IdentityDb db, SettleStandIns standIns, AccountTrail trail, FollowName name, TimeProvider clock)
{
    private const string Operation = "FollowProvider";
    private const string Language = "sv";
    private const int LabelMax = 200;

    /// <summary>Who it is; or why nobody can come in.</summary>
    public async Task<(PersonId? Person, string? Error)> What(Provider by, Said said, CancellationToken cancel)
    {
        // One sign-in of a person at a time: two first ones must not make two.
        await db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended({said.Issuer + " " + said.Subject}, 4716))", cancel);
        var grants = await db.ProviderGrants.AsNoTracking().Where(one => one.ProviderId == by.ProviderId).ToListAsync(cancel);
        var given = ProviderGrant.Applied(grants, said.Groups, said.AppRoles);
        var isLeftOut = said.GroupsLeftOut && grants.Exists(one => one.Source is GrantSource.Group);
        if (isLeftOut && given.Count == 0) return (null, "provider-many-groups");
        var login = await db.Logins.FirstOrDefaultAsync(
            one => one.Issuer == said.Issuer && one.Subject == said.Subject, cancel);
        var isUnknown = grants.Count > 0 && said.RolesAreUnknown;
        if (isUnknown && !await HasRolesByHand(by, login?.PersonId, cancel)) return (null, said.Trouble!.Code);
        var isNew = login is null;
        if (login is null)
        {
            if (given.Count == 0) return (null, null);
            if (await Newcomer(said, cancel) is not { } newcomer)
                return (null, said.Email is null ? said.Trouble?.Code ?? "provider-no-email" : "provider-email-known");
            db.Logins.Add(login = NewLogin(by, said, newcomer.PersonId));
        }
        (login.UsedAt, login.ProviderId, login.Label) = (clock.GetUtcNow(), by.ProviderId, LabelOf(said));
        await db.SaveChangesAsync(cancel);
        var person = await db.People.SingleAsync(one => one.PersonId == login.PersonId, cancel);
        await name.From(by, said, person, cancel);
        if (isUnknown) return (person.PersonId, null); // all that it has given stays as it was, and is not waited for anew
        if (isLeftOut)
        {
            given = ProviderGrant.AppliedWithoutGroups(grants, said.AppRoles, await db.Memberships
                .Where(one => one.PersonId == person.PersonId && one.ProviderId == by.ProviderId).ToListAsync(cancel));
        }
        await Apply(by.ProviderId, person, given, isNew, cancel);
        return (person.PersonId, null);
    }

    /// <summary>She could come in without anything that the provider gives.</summary>
    private async Task<bool> HasRolesByHand(Provider by, PersonId? person, CancellationToken cancel) =>
        person is { } known && await Acting.Of(db, known, by.ProviderId).AnyAsync(one => one.ProviderId == null, cancel);

    /// <summary>Null when there is no address to write to, or it is somebody's already: an address alone proves
    /// nothing.</summary>
    private async Task<Person?> Newcomer(Said said, CancellationToken cancel)
    {
        if (said.Email is null) return null;
        var (called, email) = (said.Name ?? said.Email, Person.Normal(said.Email));
        await db.OneClaimantAtATime(email, cancel);
        if (new Fields().WhoItIs(called, email, Language).Refusal is not null
            || await db.People.AnyAsync(one => one.Email == email, cancel)) return null;
        var person = Person.Register(new PersonId(Guid.CreateVersion7(clock.GetUtcNow())), called, email, Language);
        db.People.Add(person);
        await db.SaveChangesAsync(cancel);
        return person;
    }

    private async Task Apply(
        ProviderId by, Person person,
        IReadOnlyList<(OrganisationRef Organisation, UnitRef? Unit, IReadOnlyList<string> Roles)> given, bool isNew,
        CancellationToken cancel)
    {
        var held = await db.Memberships.Where(one => one.PersonId == person.PersonId).ToListAsync(cancel);
        var now = clock.GetUtcNow();
        var changed = new List<Membership>();
        foreach (var (organisation, unit, roles) in given)
        {
            var there = held.Find(one => one.OrganisationId == organisation && one.UnitId == unit);
            if (there is null)
            {
                var membership = Membership.GiveBy(
                    by, new MembershipId(Guid.CreateVersion7(now)), person.PersonId, organisation, unit, roles, now);
                db.Memberships.Add(membership);
                changed.Add(membership);
            }
            else if (there.ProviderId == by && there.Follow(roles))
            {
                changed.Add(there);
            }
        }
        changed.AddRange(held.Where(one => one.ProviderId == by
            && !given.Any(said => said.Organisation == one.OrganisationId && said.Unit == one.UnitId) && one.Follow([])));
        foreach (var membership in changed)
            db.Announce(membership.MembershipId.Value, membership.Version, MembershipView.Fact(membership, person));
        await db.SaveChangesAsync(cancel);
        await HeardOf(by, person.PersonId, changed, cancel);
        foreach (var membership in changed) await standIns.After(membership, cancel);
        // A line in the trail of each organisation where something has changed, in the person's name.
        foreach (var membership in changed)
        {
            string[] changes = isNew ? ["added person", "added login", "added membership"]
                : [membership.Version == 1 ? "added membership" : "modified membership roles"];
            await trail.OfMembership(Operation, membership, person.PersonId, changes, cancel);
        }
    }

    /// <summary>From now on it is waited for again, membership by membership.</summary>
    private async Task HeardOf(ProviderId by, PersonId person, List<Membership> changed, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await db.Memberships.Where(one => one.PersonId == person && one.ProviderId == by)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.HeardAt, now), cancel);
        foreach (var membership in changed.Where(one => one.OwnRoles.Count > 0))
            await EndWhatIsNotUsed.Wait(db, membership.MembershipId, now, cancel);
    }

    private Login NewLogin(Provider by, Said said, PersonId person) => new()
    {
        LoginId = Guid.CreateVersion7(clock.GetUtcNow()), Issuer = said.Issuer, Subject = said.Subject, PersonId = person,
        ProviderId = by.ProviderId, Label = LabelOf(said), LinkedAt = clock.GetUtcNow(), UsedAt = clock.GetUtcNow(),
    };

    private static string LabelOf(Said said) =>
        (said.Email ?? said.Name ?? said.Subject) is var label && label.Length > LabelMax ? label[..LabelMax] : label;
}
