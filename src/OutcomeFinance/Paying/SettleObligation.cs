using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Paying;

/// <summary>The payee confirms the payment (bekräftar betalningen): settled is never the payer's word alone.</summary>
internal static class SettleObligation
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/obligations/{id:guid}/settlement", Handle).WithName(nameof(SettleObligation));

    internal static async Task<Answer<ObligationView>> Handle(
        Guid id, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, ObligationViews views, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.Obligation(id, cancel) is not var (obligation, contract)) return Refusal.NotFound;
        if (caller.Lacks(Roles.Controller, Roles.Officer) is { } missing) return missing;
        if (ifMatch.Misses(obligation.Version) is { } stale) return stale;
        var (by, now) = (new Actor(caller.Person, caller.Organisation, caller.Unit), clock.GetUtcNow());
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
        return Answers.Ok(await views.Of(obligation, contract, cancel), obligation.Version);
    }
}
