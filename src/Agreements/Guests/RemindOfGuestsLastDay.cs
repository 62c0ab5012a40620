using Iop.Agreements.Domain;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Guests;

/// <summary>A guest's last day comes (gästens tid tar slut): the inviter is told a week before, and asked no more when it was
/// moved or has passed.</summary>
internal sealed class RemindOfGuestsLastDay(AgreementsDb db, TimeProvider clock) : ITimerRings
{
    public const string Kind = "guest-reminds";

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        var guest = await db.Guests.FromSql($"SELECT * FROM guest WHERE guest_id = {subject} FOR UPDATE").SingleAsync(cancel);
        if (guest.Remind(clock.Today()) is not { } stage) return;
        await Say(db, guest, stage, cancel);
        await SetTimer(db, guest, cancel);
    }

    /// <summary>Whoever has moved the last day, or ended the time, has settled what was told of it.</summary>
    public static async Task Say(AgreementsDb db, Guest guest, string stage, CancellationToken cancel) =>
        db.Announce(guest.GuestId, guest.Version, new GuestTimeEnds
        {
            GuestId = guest.GuestId,
            Sequence = guest.Version,
            PartnershipId = guest.PartnershipId.Value,
            PartnershipTitle = await db.Partnerships.Where(one => one.Id == guest.PartnershipId).Select(one => one.Title)
                .SingleAsync(cancel),
            Stage = stage,
            InviterOrganisationId = guest.Inviter.Value,
            InviterUnitId = guest.InviterUnit?.Value,
            InviterPersonId = guest.InvitedBy?.Value,
            ToOn = guest.ToOn,
        });

    /// <summary>Nobody is reminded of a guest who has not said yes.</summary>
    public static async Task SetTimer(AgreementsDb db, Guest guest, CancellationToken cancel)
    {
        if (guest is { RemindOn: { } day, AcceptedAt: not null })
            await db.Schedule(Kind, guest.GuestId, SwedishTime.StartOf(day), cancel);
    }
}
