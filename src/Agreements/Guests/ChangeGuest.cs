using Iop.Agreements.Dialogue;
using Iop.Agreements.Domain;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Guests;

/// <summary>A party gives a guest another last day, or more or less to read (förlänger, ändrar). It holds from the next request
/// on.</summary>
internal static class ChangeGuest
{
    public sealed record Request(DateOnly ToOn, bool FollowUp, bool Payments);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/partnerships/{id:guid}/guests/{guestId:guid}", Handle).WithName(nameof(ChangeGuest));

    internal static async Task<Answer<GuestView>> Handle(
        Guid id, Guid guestId, Request request, Viewer viewer, IfMatch ifMatch, AgreementsDb db, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.PartnershipForUpdate(id, cancel) is not { } partnership) return Refusal.NotFound;
        if (await db.Guests.FirstOrDefaultAsync(
            one => one.PartnershipId == partnership.Id && one.GuestId == guestId, cancel) is not { } guest)
            return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.For(partnership.Id, db, cancel) is null) return PartnershipRefusals.NotAParty;
        if (ifMatch.Misses(guest.Version) is { } stale) return stale;
        var today = clock.Today();
        var first = guest.FromOn > today ? guest.FromOn : today;
        if (new Fields().Must("toOn", request.ToOn >= guest.FromOn, "guest.ends-before-it-begins")
            .Must("toOn", request.ToOn.DayNumber - first.DayNumber < Guest.DaysMax, "guest.too-long")
            .Refusal is { } malformed) return malformed;
        if (guest.Inviter != viewer.Organisation && guest.IsGivenMoreBy(request.ToOn, request.FollowUp, request.Payments))
            return GuestRefusals.InvitedByAnother; // of contracts a guest reads what its inviter does
        var wasToldOf = guest.IsToldOf;
        if (guest.Change(request.ToOn, request.FollowUp, request.Payments, today) is { } refusal) return refusal;
        GuestNews.Tell(db, guest);
        if (wasToldOf) await RemindOfGuestsLastDay.Say(db, guest, Guest.Settled, cancel);
        await RemindOfGuestsLastDay.SetTimer(db, guest, cancel);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await GuestView.Of(guest, viewer, db, today, cancel), guest.Version);
    }
}
