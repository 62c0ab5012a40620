using Iop.Contracts.OutcomeFinance;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Publishing;

/// <summary>Everybody may know of an amended contract as it reads now: its parties and its periods. Read here and not from the
/// message, so that amendments may be told of in any order.</summary>
internal sealed class PublishAmendmentWhenOutcomeContractAmended(OutcomeFinanceDb db, TimeProvider clock)
    : IConsumer<OutcomeContractAmended>
{
    public async Task Consume(ConsumeContext<OutcomeContractAmended> context)
    {
        var (id, cancel) = (new ContractId(context.Message.ContractId), context.CancellationToken);
        var contract = await db.LockedContract(id, cancel)
            ?? throw new InvalidOperationException($"An amendment of contract {id.Value}, which is not here.");
        if (await db.PublishedContracts.SingleOrDefaultAsync(one => one.ContractId == id, cancel)
            is not { } published) return; // not heard of its signing yet, and then it is published as it reads
        published.Take(ContractFacts.Of(contract), clock.GetUtcNow());
    }
}
