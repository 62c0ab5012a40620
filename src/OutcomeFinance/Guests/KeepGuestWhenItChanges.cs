using Iop.Contracts.Agreements;
using Iop.OutcomeFinance.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Guests;

/// <summary>Keeps who is invited to read signed contracts and what is paid by them, until when. The database
/// lets in and out; of what is told of one guest the newest holds.</summary>
internal sealed class KeepGuestWhenItChanges(OutcomeFinanceDb db) : IConsumer<GuestChanged>
{
    public Task Consume(ConsumeContext<GuestChanged> context)
    {
        var told = context.Message;
        var reads = told is { Payments: true, EndedAt: null };
        return db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO guest (guest_id, partnership_id, inviter_organisation_id, inviter_unit_id, organisation_id, person_id,
                                from_on, to_on, reads, sequence)
             VALUES ({told.GuestId}, {told.PartnershipId}, {told.InviterOrganisationId}, {told.InviterUnitId},
                     {told.OrganisationId}, {told.PersonId}, {told.FromOn}, {told.ToOn}, {reads}, {told.Sequence})
             ON CONFLICT (guest_id) DO UPDATE SET to_on = excluded.to_on, reads = excluded.reads, sequence = excluded.sequence
               WHERE guest.sequence < excluded.sequence
             """, context.CancellationToken);
    }
}
