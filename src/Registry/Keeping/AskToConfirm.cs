using Iop.Contracts.Registry;
using Iop.Registry.Domain;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Keeping;

/// <summary>Those who answer for an entry are asked once a year whether it is still right (årlig bekräftelse), until they have
/// said so or it is over.</summary>
internal static class AskToConfirm
{
    /// <summary>Asks who wrote each entry, else its parties; as far as they are registered here, for others have nobody to
    /// ask.</summary>
    public static async Task Ask(
        this RegistryDb db, IReadOnlyList<Entry> entries, DateOnly today, CancellationToken cancel)
    {
        var due = entries.Where(entry => entry.Ask(today)).ToList();
        if (due.Count == 0) return;
        var ids = due.ConvertAll(entry => entry.EntryId);
        var parties = await (
            from entry in db.Entries
            where ids.Contains(entry.EntryId)
            from agreement in entry.Agreements
            from party in agreement.Parties
            select new { entry.EntryId, party.OrganisationId }).Distinct().ToListAsync(cancel);
        var asked = parties.Select(one => one.OrganisationId).Concat(due.Select(entry => entry.KeeperId).OfType<OrganisationId>())
            .Distinct().ToList();
        var registered = (await db.Organisations.IgnoreAutoIncludes().Where(one => asked.Contains(one.OrganisationId))
            .Select(one => one.OrganisationId).ToListAsync(cancel)).ToHashSet();
        foreach (var entry in due)
        {
            var who = entry.KeeperId is { } keeper ? [keeper]
                : parties.Where(one => one.EntryId == entry.EntryId).Select(one => one.OrganisationId).ToList();
            var here = who.Where(registered.Contains).Select(one => one.Value).Order().ToList();
            if (here.Count == 0) continue;
            db.Announce(entry.EntryId.Value, entry.Version, new EntryConfirmationDue
            {
                EntryId = entry.EntryId.Value, Sequence = entry.Version, Title = entry.Title,
                LastConfirmedOn = entry.LastConfirmedOn ?? today, Organisations = here,
            });
        }
    }

    /// <param name="how">confirmed, rewritten, ended or merged.</param>
    public static void NeedNotAnswer(this RegistryDb db, Entry entry, string how)
    {
        if (!entry.NeedNotAnswer()) return;
        db.Announce(entry.EntryId.Value, entry.Version, new EntryConfirmationSettled
        {
            EntryId = entry.EntryId.Value, Sequence = entry.Version, How = how,
        });
    }
}
