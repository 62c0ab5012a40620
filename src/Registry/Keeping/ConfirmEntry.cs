using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Registry.Entries;
using Iop.Registry.Storage;

namespace Iop.Registry.Keeping;

/// <summary>Somebody of a party, or the operator, says that the partnership still stands as written (årlig
/// bekräftelse).</summary>
internal static class ConfirmEntry
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/entries/{id:guid}/confirmation", Handle).WithName(nameof(ConfirmEntry));

    internal static async Task<Answer<EntryView>> Handle(
        Guid id, Caller caller, IfMatch ifMatch, RegistryDb db, TimeProvider clock, CancellationToken cancel)
    {
        var (entry, refused) = await db.Kept(id, caller, cancel);
        if (entry is null) return refused!;
        if (ifMatch.Misses(entry.Version) is { } stale) return stale;
        entry.Confirm(clock.Today());
        db.NeedNotAnswer(entry, "confirmed");
        await db.SaveChangesAsync(cancel);
        await db.Await(entry, cancel);
        return Answers.Ok(EntryView.Of(entry), entry.Version);
    }
}
