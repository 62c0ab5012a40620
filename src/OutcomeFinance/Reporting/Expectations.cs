using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Simulating;
using Iop.OutcomeFinance.Simulating;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Reporting;

/// <summary>What is expected to be paid for a period.</summary>
internal sealed record ExpectedPayment(
    ContractId Contract, string PeriodKey, Guid PayerOrganisation, Guid PayeeOrganisation, Money Amount);

/// <summary>What a funder has promised to put in.</summary>
internal sealed record Commitment(ContractId Contract, Guid FunderOrganisation, Money Amount);

/// <summary>What contracts say of the future: payments by the newest scenario that somebody expects, as long as it is computed by
/// the terms that stand; payments in by the signed schedule. A contract without either is left out, so that reports say it is
/// not known.</summary>
internal static class Expectations
{
    public static async Task<IReadOnlyList<ExpectedPayment>> Payments(
        IReadOnlyList<OutcomeContract> contracts, OutcomeFinanceDb db, CancellationToken cancel)
    {
        var byId = contracts.ToDictionary(contract => contract.ContractId);
        var scenarios = await ScenarioViews.Current(db, [.. byId.Keys]).Where(one => one.Kind == ScenarioKind.Expected)
            .Include(one => one.Payments).ToListAsync(cancel);
        return
        [
            .. from scenario in scenarios
               let contract = byId[scenario.ContractId]
               let program = TermsReader.Read(contract.Newest().Terms).Program
               where program is not null && program.Hash == scenario.TermsHash
               let partyOf = contract.Parties.ToDictionary(party => party.Id, party => party.OrganisationId)
               from payment in scenario.Payments
               // What an amendment has dropped is no longer expected.
               where contract.Periods.Any(period => period.Key == payment.PeriodKey)
               select new ExpectedPayment(contract.ContractId, payment.PeriodKey, partyOf[payment.PayerPartyId],
                   partyOf[payment.PayeePartyId], new Money(payment.AmountMinor, program.Currency)),
        ];
    }

    public static IReadOnlyList<Commitment> Commitments(IReadOnlyList<OutcomeContract> contracts) =>
    [
        .. from contract in contracts
           let currency = TermsReader.Read(contract.Terms).Program?.Currency ?? Currency.Sek
           from one in contract.Investments
           let funder = contract.Parties.Single(party => party.Id == one.PartyId).OrganisationId
           select new Commitment(contract.ContractId, funder, new Money(one.AmountMinor, currency)),
    ];
}
