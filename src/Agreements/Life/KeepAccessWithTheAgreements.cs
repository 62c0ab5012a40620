using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Guests;
using Iop.Agreements.Partners;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Life;

/// <summary>Who has left the partnership's last agreement it was in is no longer let in, and stands among the actors as one that
/// has left; who comes back is let in, and has joined. The other services are told of both.</summary>
internal sealed class KeepAccessWithTheAgreements(AgreementsDb db, TimeProvider clock) : ITimerRings
{
    public const string Kind = "agreement-access";

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        var id = new PartyId(subject);
        var party = await db.Parties.SingleAsync(of => of.Id == id, cancel);
        AgreementState[] over = [AgreementState.Ended, AgreementState.Rescinded, AgreementState.Withdrawn];
        var isIn = await db.AgreementParties.AnyAsync(link => link.PartyId == id && link.InText
            && db.Agreements.Any(of => of.Id == link.AgreementId && !over.Contains(of.State)), cancel);
        var why = isIn ? null : await Why(id, cancel);
        if (!isIn && why is null) return; // it has never been in one: a party of the partnership all the same
        var today = clock.Today();
        if (!await Switch(party, isIn ? null : today.AddDays(-1), cancel)) return; // as it was
        var partnership = await db.PartnershipForUpdate(party.PartnershipId.Value, cancel)
            ?? throw new InvalidOperationException($"No partnership {party.PartnershipId}.");
        partnership.CountsComingAndGoing();
        if (isIn)
        {
            await MoveActor.HasJoined(party, db, today, cancel);
            db.Announce(partnership.Id.Value, partnership.Version, InviteParty.Joined(partnership, party));
            return;
        }
        await MoveActor.HasLeft(party, why!, db, clock.GetUtcNow(), cancel);
        await GuestNews.EndThoseOf(party, db, today, clock.GetUtcNow(), cancel);
        db.Announce(partnership.Id.Value, partnership.Version, Left(partnership, party, today));
    }

    /// <summary>Whether that changed anything.</summary>
    private async Task<bool> Switch(Party party, DateOnly? lastDay, CancellationToken cancel)
    {
        Guid? unit = party.Unit?.Value;
        return await db.Database.ExecuteSqlAsync($"""
            UPDATE access SET valid_to = {lastDay} WHERE partnership_id = {party.PartnershipId.Value}
              AND organisation_id = {party.Organisation.Value} AND unit_id IS NOT DISTINCT FROM {unit} AND person_id IS NULL
              AND (valid_to IS NULL) <> ({lastDay}::date IS NULL)
            """, cancel) > 0;
    }

    private static PartyLeftPartnership Left(Partnership partnership, Party party, DateOnly on) => new()
    {
        PartnershipId = partnership.Id.Value,
        Sequence = partnership.Version,
        PartnershipTitle = partnership.Title,
        PartyId = party.Id.Value,
        OrganisationId = party.Organisation.Value,
        UnitId = party.Unit?.Value,
        LeftOn = on,
    };

    /// <summary>What it gave as its reason when it left.</summary>
    private Task<string?> Why(PartyId id, CancellationToken cancel) => db.Changes
        .Where(change => change.PartyId == id && change.Kind == ChangeKind.Withdrawal && change.State == ChangeState.Done)
        .OrderByDescending(change => change.ClosedAt).ThenByDescending(change => change.ChangeId)
        .Select(change => (string?)change.Reason).FirstOrDefaultAsync(cancel);
}
