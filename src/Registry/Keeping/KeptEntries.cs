using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Identity;
using Iop.Registry.Domain;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Keeping;

/// <summary>Entries as those find them who may change them: officers of a party, and the operator.</summary>
internal static class KeptEntries
{
    public static async Task<(Entry? Entry, Refusal? Refusal)> Kept(
        this RegistryDb db, Guid id, Caller caller, CancellationToken cancel)
    {
        var key = new EntryId(id);
        var entry = await db.Entries.IgnoreQueryFilters().Include(one => one.Documents)
            .Include(one => one.Agreements).ThenInclude(agreement => agreement.Parties)
            .Include(one => one.Agreements).ThenInclude(agreement => agreement.Resources)
            .Include(one => one.Agreements).ThenInclude(agreement => agreement.Changes)
            .AsSplitQuery().FirstOrDefaultAsync(one => one.EntryId == key, cancel);
        if (entry is null) return (null, Refusal.NotFound);
        if (caller.Lacks(Roles.Officer, Roles.Operator) is { } missing) return (null, missing);
        return caller.Has(Roles.Operator) || entry.Names(new OrganisationId(caller.Organisation))
            ? (entry, null)
            : (null, EntryRefusals.NotAParty);
    }

    public static bool Names(this Entry entry, OrganisationId organisation) => entry.KeeperId == organisation
        || entry.Agreements.Any(agreement => agreement.Parties.Any(party => party.OrganisationId == organisation));

    public static async Task<string> NameOf(this RegistryDb db, Guid organisation, CancellationToken cancel)
    {
        var key = new OrganisationId(organisation);
        return await db.Organisations.Where(one => one.OrganisationId == key).Select(one => one.Name).FirstOrDefaultAsync(cancel)
            ?? "";
    }

    /// <summary>Ties the entry to the one it continues; those that continue it come along.</summary>
    public static async Task<Refusal?> Chain(this RegistryDb db, Entry entry, AdditionWords? words, CancellationToken cancel)
    {
        // One at a time: two links made at once could close a ring.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(7100)", cancel);
        if (words?.GrewOutOfEntryId is { } origin)
        {
            if (origin == entry.EntryId.Value) return EntryRefusals.FollowsItself;
            var key = new EntryId(origin);
            if (!await db.Entries.AnyAsync(one => one.EntryId == key, cancel))
                return EntryRefusals.NoSuchEntry("grewOutOfEntryId");
        }
        var before = entry.ChainId;
        var followed = words?.FollowsEntryId is { } id ? new EntryId(id) : (EntryId?)null;
        if (followed == entry.FollowsEntryId) return null;
        var members = await db.Entries.IgnoreQueryFilters().Where(one => one.ChainId == before).ToListAsync(cancel);
        var later = Later(entry, members);
        if (followed is { } wanted)
        {
            if (later.Exists(one => one.EntryId == wanted) || wanted == entry.EntryId) return EntryRefusals.FollowsItself;
            if (await db.Entries.FirstOrDefaultAsync(one => one.EntryId == wanted, cancel) is not { } earlier)
                return EntryRefusals.NoSuchEntry("followsEntryId");
            entry.Continue(earlier);
        }
        else
        {
            entry.Continue(null);
        }
        await db.TieTogether([entry, .. later], cancel, before);
        return null;
    }

    /// <summary>What hangs together with these is one partnership, and what no longer does is another.</summary>
    public static async Task TieTogether(
        this RegistryDb db, IReadOnlyList<Entry> touched, CancellationToken cancel, params Guid[] chains)
    {
        var affected = touched.Select(entry => entry.ChainId).Concat(chains).Distinct().ToList();
        var members = await db.Entries.IgnoreQueryFilters().Where(one => affected.Contains(one.ChainId)).ToListAsync(cancel);
        Entry.Tie([.. members.Union(touched)]);
    }

    private static List<Entry> Later(Entry entry, List<Entry> members)
    {
        var found = new List<Entry>();
        for (List<Entry> round = [entry]; round.Count > 0;)
        {
            round = members.FindAll(one => round.Exists(before => one.FollowsEntryId == before.EntryId));
            found.AddRange(round);
        }
        return found;
    }

    /// <summary>Rings on the next day on which the entry's state may be another; all entries of a day share one timer.</summary>
    public static async Task Await(this RegistryDb db, Entry entry, CancellationToken cancel)
    {
        if (entry.NextChangeOn is { } day) await db.AwaitDay(day, cancel);
    }

    public static Task AwaitDay(this RegistryDb db, DateOnly day, CancellationToken cancel) =>
        db.Schedule(SettleEntriesWhenTheirDayComes.Kind, SettleEntriesWhenTheirDayComes.AllEntries, SwedishTime.StartOf(day),
            cancel);
}
