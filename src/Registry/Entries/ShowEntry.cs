using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Registry.Domain;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Entries;

/// <summary>One partnership as the register knows it: what is said of it, what each brings, what has happened, and what is
/// missing.</summary>
internal static class ShowEntry
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/entries/{id:guid}", Handle).WithName(nameof(ShowEntry)).AllowAnonymous();

    internal static async Task<Answer<EntryView>> Handle(Guid id, RegistryDb db, CancellationToken cancel)
    {
        var key = new EntryId(id);
        var found = await db.Entries.IgnoreQueryFilters()
            .WithAll().Include(entry => entry.Documents).Include(entry => entry.Agreements)
            .ThenInclude(agreement => agreement.Changes).FirstOrDefaultAsync(entry => entry.EntryId == key, cancel);
        return found is null ? Refusal.NotFound : Answers.Ok(EntryView.Of(found, await Links(found, db, cancel)), found.Version);
    }

    private static async Task<IReadOnlyList<LinkView>> Links(Entry entry, RegistryDb db, CancellationToken cancel)
    {
        var (id, follows, origin) = (entry.EntryId, entry.FollowsEntryId, entry.GrewOutOfEntryId);
        var merged = entry.MergedIntoEntryId;
        var others = await db.Entries.IgnoreQueryFilters().AsNoTracking()
            .Where(one => one.EntryId == follows || one.EntryId == origin || one.EntryId == merged || one.FollowsEntryId == id
                || one.GrewOutOfEntryId == id || one.MergedIntoEntryId == id)
            .OrderBy(one => one.EntryId).Take(LinksMax)
            .Select(one => new { one.EntryId, one.Title, one.FollowsEntryId, one.GrewOutOfEntryId, one.MergedIntoEntryId })
            .ToListAsync(cancel);
        return
        [
            .. from one in others
               from link in new (string Kind, bool Holds)[]
               {
                   ("follows", one.EntryId == follows), ("followed-by", one.FollowsEntryId == id),
                   ("merged-into", one.EntryId == merged), ("merged-with", one.MergedIntoEntryId == id),
                   ("grew-out-of", one.EntryId == origin), ("grew-into", one.GrewOutOfEntryId == id),
               }
               where link.Holds
               select new LinkView(link.Kind, one.EntryId.Value, one.Title),
        ];
    }

    private const int LinksMax = 50;
}
