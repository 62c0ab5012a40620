using System.Text.Json;
using Iop.Identity.Domain;
using Iop.Platform.Identity;
using Iop.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Storage;

/// <summary>Lines of the audit trail (granskningslogg) for what happens by a link or by a provider's word, in the same
/// transaction. The platform writes them itself for whoever is signed in, in the trail of the acting organisation; here nobody
/// is, or it counts in other organisations too.</summary>
internal sealed class AccountTrail(IdentityDb db, Caller caller, TimeProvider clock)
{
    public PersonId Caller => new(caller.Person);

    /// <summary>About a person's account, by herself: a line in each organisation where she has roles; as long as she has none,
    /// in the operating one.</summary>
    public async Task OfAccount(
        string operation, PersonId person, IReadOnlyCollection<string> changes, CancellationToken cancel)
    {
        var places = await db.Memberships.Where(one => one.PersonId == person && one.Roles.Count > 0)
            .Select(one => one.OrganisationId).Distinct().ToListAsync(cancel);
        if (places.Count == 0) places.Add(OrganisationRef.Operating);
        foreach (var place in places) await Add(operation, place, person.Value, person.Value, changes, cancel);
    }

    /// <summary>About one membership, in its organisation's trail.</summary>
    /// <param name="operation">What was done.</param>
    /// <param name="membership">What changed.</param>
    /// <param name="by">Who did it: the person herself, whom a provider spoke of, or who ended the provider's word.</param>
    /// <param name="changes">Names of things and fields.</param>
    /// <param name="cancel">Stops it.</param>
    public Task OfMembership(
        string operation, Membership membership, PersonId by, IReadOnlyCollection<string> changes, CancellationToken cancel) =>
        Add(operation, membership.OrganisationId, by.Value, membership.MembershipId.Value, changes, cancel);

    // The database lets nobody write in another's name: the transaction is told whose line it is, and then again who asks.
    private async Task Add(
        string operation, OrganisationRef place, Guid by, Guid subject, IReadOnlyCollection<string> changes,
        CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await db.SaveChangesAsync(cancel);
        await Tell(place.Value.ToString(), by.ToString(), cancel);
        db.AuditTrail.Add(new AuditEntry
        {
            EntryId = Guid.CreateVersion7(now), At = now, OrganisationId = place.Value, PersonId = by, Operation = operation,
            SubjectId = subject, Changes = JsonSerializer.Serialize(changes.Order(StringComparer.Ordinal)),
        });
        await db.SaveChangesAsync(cancel);
        await Tell(
            caller.IsAnonymous ? "" : caller.Organisation.ToString(), caller.IsAnonymous ? "" : caller.Person.ToString(), cancel);
    }

    private Task Tell(string organisation, string person, CancellationToken cancel) => db.Database.ExecuteSqlAsync(
        $"SELECT set_config('iop.org', {organisation}, true), set_config('iop.person', {person}, true)", cancel);
}
