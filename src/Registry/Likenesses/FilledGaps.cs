using Iop.Registry.Domain;
using Iop.Registry.Keeping;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Likenesses;

/// <summary>An entry takes over what it lacks from those that are merged into it, as they stand merged now; and what it is merged
/// into itself takes over from it.</summary>
internal static class FilledGaps
{
    public static async Task FillGaps(this RegistryDb db, EntryId id, DateOnly today, CancellationToken cancel)
    {
        for (EntryId? next = id; next is { } key;)
        {
            var entry = await db.Whole().SingleAsync(one => one.EntryId == key, cancel);
            entry.FillGapsFrom(await db.Whole().Where(one => one.MergedIntoEntryId == key).ToListAsync(cancel), today);
            await db.SaveChangesAsync(cancel);
            await db.Await(entry, cancel);
            next = entry.MergedIntoEntryId;
        }
    }

    private static IQueryable<Entry> Whole(this RegistryDb db) => db.Entries.IgnoreQueryFilters()
        .Include(entry => entry.Documents).Include(entry => entry.Agreements).ThenInclude(agreement => agreement.Parties)
        .Include(entry => entry.Agreements).ThenInclude(agreement => agreement.Resources).AsSplitQuery();
}
