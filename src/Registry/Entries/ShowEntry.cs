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
        return await db.Entries.WithAll().Include(entry => entry.Agreements)
            .ThenInclude(agreement => agreement.Changes).FirstOrDefaultAsync(entry => entry.EntryId == key, cancel) is { } found
            ? Answers.Ok(EntryView.Of(found), found.Version)
            : Refusal.NotFound;
    }
}
