using Iop.Contracts.Agreements;
using Iop.Registry.Domain;
using Iop.Registry.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Entries;

/// <summary>An agreement is over; with its last one the partnership ends, and stays in the register as ended.</summary>
public sealed class EndEntryWhenAgreementEnds(RegistryDb db) : IConsumer<AgreementEnded>
{
    public const string Queue = "registry.end-entry-when-agreement-ends";

    public async Task Consume(ConsumeContext<AgreementEnded> context)
    {
        var (message, cancel) = (context.Message, context.CancellationToken);
        if (await db.HasHeard(Queue, message.AgreementId, message.Sequence, cancel)) return;
        var partnership = new PartnershipRef(message.PartnershipId);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({partnership.Value.ToString()}, 1))",
            cancel);
        var entry = await db.Entries.Include(entry => entry.Agreements)
            .FirstOrDefaultAsync(entry => entry.PartnershipId == partnership, cancel);
        // The end may overtake the beginning: the message waits until the beginning is here.
        if (entry is null || !entry.End(message.AgreementId, message.EndedOn, message.How))
            throw new InvalidOperationException($"Agreement {message.AgreementId} ends before it has entered into force here.");
        await db.SaveChangesAsync(cancel);
    }
}
