using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Publishing;
using Iop.OutcomeFinance.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Publishing;

/// <summary>A signed contract is known to everybody: who the parties are, and when it is measured.</summary>
internal sealed class PublishContractWhenOutcomeContractSigned(OutcomeFinanceDb db, TimeProvider clock)
    : IConsumer<OutcomeContractSigned>
{
    public async Task Consume(ConsumeContext<OutcomeContractSigned> context)
    {
        var (told, cancel) = (context.Message, context.CancellationToken);
        var id = new ContractId(told.ContractId);
        if (await db.PublishedContracts.AnyAsync(one => one.ContractId == id, cancel)) return;
        var contract = await db.LockedContract(id, cancel)
            ?? throw new InvalidOperationException($"Contract {id.Value} is signed and not here.");
        var now = clock.GetUtcNow();
        db.PublishedContracts.Add(new PublishedContract
        {
            ContractId = id,
            Title = told.Title,
            State = ContractState.Signed,
            Currency = told.Currency,
            PartnershipId = told.PartnershipId,
            SignedOn = SwedishTime.DateIn(now),
            Facts = PublishedContract.Write(ContractFacts.Of(contract)), // with what may have been amended since
            Results = PublishedContract.Write(Publication.Nothing),
            Said = PublishedContract.Write(Publication.Nothing.Said),
            Release = 0,
            ReleasedAt = now,
        });
    }
}
