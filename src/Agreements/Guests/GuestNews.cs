using Iop.Agreements.Domain;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Guests;

/// <summary>Tells the other services who is a guest, until when and to read what.</summary>
internal static class GuestNews
{
    /// <summary>Whoever has not said yes is nobody yet: there is nothing to tell.</summary>
    public static void Tell(AgreementsDb db, Guest guest)
    {
        if (guest is not { OrganisationId: { } organisation, PersonId: { } person }) return;
        db.Announce(guest.GuestId, guest.Version, new GuestChanged
        {
            GuestId = guest.GuestId,
            Sequence = guest.Version,
            PartnershipId = guest.PartnershipId.Value,
            InviterOrganisationId = guest.Inviter.Value,
            InviterUnitId = guest.InviterUnit?.Value,
            OrganisationId = organisation,
            PersonId = person,
            FromOn = guest.FromOn,
            ToOn = guest.ToOn,
            FollowUp = guest.FollowUp,
            Payments = guest.Payments,
            EndedAt = guest.EndedAt,
        });
    }

    /// <summary>A party that has left the partnership leaves no guests in it, unless another unit of the same organisation is
    /// there still.</summary>
    public static async Task EndThoseOf(
        Party leaving, AgreementsDb db, DateOnly today, DateTimeOffset now, CancellationToken cancel)
    {
        var guests = await db.Guests.Where(one => one.PartnershipId == leaving.PartnershipId
            && one.Inviter == leaving.Organisation && one.EndedAt == null && one.ToOn >= today).ToListAsync(cancel);
        if (guests.Count == 0) return;
        var (partnership, organisation) = (leaving.PartnershipId.Value, leaving.Organisation.Value);
        var still = await db.Database.SqlQuery<Guid?>($"""
            SELECT unit_id AS "Value" FROM access WHERE partnership_id = {partnership} AND organisation_id = {organisation}
              AND person_id IS NULL AND valid_to IS NULL
            """).ToListAsync(cancel);
        foreach (var guest in guests.Where(one =>
            !still.Exists(unit => unit is null || one.InviterUnit is null || one.InviterUnit.Value.Value == unit)))
        {
            var wasToldOf = guest.IsToldOf;
            if (guest.End(today, now) is not null) continue; // over in the meantime
            Tell(db, guest);
            if (wasToldOf) await RemindOfGuestsLastDay.Say(db, guest, Guest.Settled, cancel);
        }
    }
}
