using Iop.Contracts.OutcomeFinance;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Publishing;

/// <summary>That a contract has ended is public; its results stay as they were published.</summary>
internal sealed class PublishEndWhenOutcomeContractEnded(OutcomeFinanceDb db) : IConsumer<OutcomeContractEnded>
{
    public async Task Consume(ConsumeContext<OutcomeContractEnded> context)
    {
        var id = new ContractId(context.Message.ContractId);
        if (await db.PublishedContracts.SingleOrDefaultAsync(one => one.ContractId == id, context.CancellationToken)
            is not { } published) return; // signed before contracts were published
        (published.State, published.EndedOn) = (ContractState.Ended, context.Message.EndedOn);
    }
}
