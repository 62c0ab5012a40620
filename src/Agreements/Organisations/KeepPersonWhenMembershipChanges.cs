using Iop.Agreements.Storage;
using Iop.Contracts.Identity;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Organisations;

/// <summary>Keeps what people are called, for signatures, answers and approvals.</summary>
public sealed class KeepPersonWhenMembershipChanges(AgreementsDb db) : IConsumer<MembershipChanged>
{
    public const string Queue = "agreements.keep-person-when-membership-changes";

    public async Task Consume(ConsumeContext<MembershipChanged> context)
    {
        var (message, cancel) = (context.Message, context.CancellationToken);
        if (await db.HasHeard(Queue, message.MembershipId, message.Sequence, cancel)) return;
        // Two memberships of one person may be told at the same moment.
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO person (person_id, name) VALUES ({message.PersonId}, {message.Name})
             ON CONFLICT (person_id) DO UPDATE SET name = excluded.name
             """, cancel);
    }
}
