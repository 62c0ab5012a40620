using Iop.Contracts.OutcomeFinance;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Calculating;

/// <summary>The claims are final: figures of single persons are destroyed, results and derivations stay. From then on nothing is
/// calculated for the contract, for the figures of its earlier periods are gone.</summary>
internal sealed class DestroyParticipantsWhenOutcomeContractEnded(OutcomeFinanceDb db, TimeProvider clock)
    : IConsumer<OutcomeContractEnded>
{
    public async Task Consume(ConsumeContext<OutcomeContractEnded> context)
    {
        var (id, cancel) = (new ContractId(context.Message.ContractId), context.CancellationToken);
        await db.LockedContract(id, cancel); // no calculation reads half of them
        if (await db.DestroyedParticipants.AnyAsync(one => one.ContractId == id, cancel)) return;
        var destroyed = await db.Database.ExecuteSqlAsync(
            $"DELETE FROM verified_figure WHERE contract_id = {id.Value} AND of_participant", cancel);
        if (destroyed == 0) return;
        db.DestroyedParticipants.Add(new DestroyedParticipants { ContractId = id, DestroyedAt = clock.GetUtcNow() });
    }
}
