using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Storage;

namespace Iop.OutcomeFinance.Paying;

/// <summary>Settles an obligation, tells of it and books it: by the payee's word, or by what has come to its account.</summary>
internal sealed class Settlements(OutcomeFinanceDb db, TimeProvider clock)
{
    public async Task<Refusal?> Settle(
        Obligation obligation, OutcomeContract contract, Actor by, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (obligation.Settle(contract.Payee(obligation), by, now) is { } refusal) return refusal;
        db.Announce(obligation.Id.Value, obligation.Version, new ObligationSettled
        {
            ObligationId = obligation.Id.Value,
            Sequence = obligation.Version,
            ContractId = contract.ContractId.Value,
            ContractTitle = contract.Title,
            PeriodKey = obligation.PeriodKey,
            PayerOrganisationId = obligation.PayerOrganisationId,
            PayeeOrganisationId = obligation.PayeeOrganisationId,
            AmountMinor = obligation.AmountMinor,
            Currency = obligation.Currency,
        });
        // First the obligation, then the ledger: the database books a payment only of what is settled.
        await db.SaveChangesAsync(cancel);
        db.Transfers.AddRange(Ledger.Settlement(obligation, now));
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
