using Iop.Agreements.Dialogue;
using Iop.Agreements.Domain;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Guests;

/// <summary>The link was lost or is too old: whoever invited makes a new one (ny länk), and the one before it leads nowhere
/// any more.</summary>
internal static class RenewGuestInvitation
{
    public static void Map(IEndpointRouteBuilder api) => api
        .MapPost("/partnerships/{id:guid}/guests/{guestId:guid}/invitation", Handle).WithName(nameof(RenewGuestInvitation));

    internal static async Task<Answer<GuestView>> Handle(Guid id, Guid guestId, Viewer viewer, IfMatch ifMatch, AgreementsDb db,
        TimeProvider clock, CancellationToken cancel)
    {
        if (await db.PartnershipForUpdate(id, cancel) is not { } partnership) return Refusal.NotFound;
        // Locked: somebody may be saying yes by the link before it.
        if (await db.Guests.FromSql($"SELECT * FROM guest WHERE guest_id = {guestId} FOR UPDATE").FirstOrDefaultAsync(
            one => one.PartnershipId == partnership.Id, cancel) is not { } guest)
            return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.For(partnership.Id, db, cancel) is null) return PartnershipRefusals.NotAParty;
        if (ifMatch.Misses(guest.Version) is { } stale) return stale;
        if (guest.Inviter != viewer.Organisation) return GuestRefusals.LinkIsAnothers;
        var (now, today) = (clock.GetUtcNow(), clock.Today());
        var secret = InviteGuest.NewSecret();
        if (guest.InviteAgain(InviteGuest.HashOf(secret), now + InviteGuest.InvitationLasts, today) is { } refusal)
            return refusal;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(
            (await GuestView.Of(guest, viewer, db, today, cancel)) with { Invitation = secret }, guest.Version);
    }
}
