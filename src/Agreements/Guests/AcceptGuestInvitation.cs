using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Guests;

/// <summary>Whoever holds the invitation, signed in, becomes the guest (tackar ja). It works once, and leaves a line in the audit
/// trail.</summary>
internal static class AcceptGuestInvitation
{
    /// <param name="Begun">The first day has come.</param>
    public sealed record Accepted(
        Guid PartnershipId, DateOnly FromOn, DateOnly ToOn, bool FollowUp, bool Payments, bool Begun);

    public static void Map(IEndpointRouteBuilder api) => api
        .MapPost("/guest-invitations/{invitation}/acceptance", Handle).WithName(nameof(AcceptGuestInvitation));

    internal static async Task<Answer<Accepted>> Handle(
        string invitation, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        var (now, hash) = (clock.GetUtcNow(), InviteGuest.HashOf(invitation));
        var partnership = await db.Database.SqlQuery<Guid?>(
            $"SELECT admit_guest({Guid.CreateVersion7(now)}, {hash}, {now}) AS \"Value\"").SingleAsync(cancel);
        if (partnership is not { } id) return Refusal.NotFound; // used, too old and never made look the same
        var guest = await db.Guests.AsNoTracking().SingleAsync(one => one.InvitationHash == hash, cancel);
        db.HasChanged(id, "modified guest acceptedAt,organisationId,personId");
        GuestNews.Tell(db, guest);
        await RemindOfGuestsLastDay.SetTimer(db, guest, cancel);
        await db.SaveChangesAsync(cancel);
        return new Accepted(
            id, guest.FromOn, guest.ToOn, guest.FollowUp, guest.Payments, guest.FromOn <= clock.Today());
    }
}
