using Iop.Agreements.Dialogue;
using Iop.Agreements.Domain;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Guests;

/// <summary>A party ends a guest's time before its last day: the very next request sees nothing.</summary>
internal static class EndGuest
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/partnerships/{id:guid}/guests/{guestId:guid}", Handle).WithName(nameof(EndGuest));

    internal static async Task<Answer<GuestView>> Handle(Guid id, Guid guestId, Viewer viewer, IfMatch ifMatch, AgreementsDb db,
        TimeProvider clock, CancellationToken cancel)
    {
        if (await db.PartnershipForUpdate(id, cancel) is not { } partnership) return Refusal.NotFound;
        if (await db.Guests.FirstOrDefaultAsync(
            one => one.PartnershipId == partnership.Id && one.GuestId == guestId, cancel) is not { } guest)
            return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.For(partnership.Id, db, cancel) is null) return PartnershipRefusals.NotAParty;
        if (ifMatch.Misses(guest.Version) is { } stale) return stale;
        var wasToldOf = guest.IsToldOf;
        if (guest.End(clock.Today(), clock.GetUtcNow()) is { } refusal) return refusal;
        GuestNews.Tell(db, guest);
        if (wasToldOf) await RemindOfGuestsLastDay.Say(db, guest, Guest.Settled, cancel);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await GuestView.Of(guest, viewer, db, clock.Today(), cancel), guest.Version);
    }
}
