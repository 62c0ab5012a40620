using Iop.Contracts.Identity;
using Iop.OutcomeFinance.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Organisations;

/// <summary>Keeps people's names, for signatures and attestations. Nothing else of a person is kept.</summary>
internal sealed class KeepPersonWhenMembershipChanges(OutcomeFinanceDb db) : IConsumer<MembershipChanged>
{
    public async Task Consume(ConsumeContext<MembershipChanged> context)
    {
        var (told, cancel) = (context.Message, context.CancellationToken);
        if (await db.HasHeard(nameof(KeepPersonWhenMembershipChanges), told.MembershipId, told.Sequence, cancel)) return;
        // A person has several memberships, told in parallel.
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO person (person_id, name) VALUES ({told.PersonId}, {told.Name})
            ON CONFLICT (person_id) DO UPDATE SET name = excluded.name
            """, cancel);
    }
}
