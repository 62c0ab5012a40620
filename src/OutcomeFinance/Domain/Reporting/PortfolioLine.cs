using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Paying;

namespace Iop.OutcomeFinance.Domain.Reporting;

/// <summary>What happens next in a contract, as its funder sees it.</summary>
/// <param name="What">period-ends, measurement, claim, attestation, settlement, dispute, last-day, end, ended or
/// signature.</param>
/// <param name="On">The day, where there is one.</param>
internal sealed record NextEvent(string What, string? PeriodKey, DateOnly? On);

/// <summary>One contract in a funder's portfolio (portfölj): from verified measurements and the ledger alone. What the funder is
/// to receive counts up, what it is to pay (a guarantee) counts down.</summary>
/// <param name="Committed">Null when the contract has no investment schedule.</param>
/// <param name="Expected">Null when the contract has no scenario called expected.</param>
internal sealed record PortfolioLine(
    OutcomeContract Contract, Currency Currency, Money? Committed, Money PaidIn, Money Verified,
    IReadOnlyDictionary<ObligationState, Money> ByState, Money Settled, Money? Expected, Money WrittenOff, NextEvent Next)
{
    /// <summary>What has come back less what was paid in.</summary>
    public Money ReturnToDate => Settled - PaidIn;

    public Money In(ObligationState state) => ByState.GetValueOrDefault(state, new Money(0, Currency));

    public static PortfolioLine Of(
        OutcomeContract contract, Guid funder, IReadOnlyList<Obligation> obligations, IReadOnlyList<Transfer> transfers,
        IReadOnlyList<PaidIn> paidIn, Money? committed, Money? expected, Currency currency, DateOnly today)
    {
        var claims = contract.Parties.Where(one => one.OrganisationId == funder).Select(one => Ledger.Claim(one.Id))
            .ToHashSet(StringComparer.Ordinal);
        var debts = contract.Parties.Where(one => one.OrganisationId == funder).Select(one => Ledger.Receivable(one.Id))
            .ToHashSet(StringComparer.Ordinal);
        var mine = obligations.Where(one => one.PayeeOrganisationId == funder != (one.PayerOrganisationId == funder)).ToList();
        var received = transfers.Where(one => one.Kind is TransferKind.Receipt)
            .Sum(one => Sign(claims, one.Debit, one.Credit) * one.AmountMinor);
        var paid = transfers.Where(one => one.Kind is TransferKind.Payment)
            .Sum(one => Sign(debts, one.Debit, one.Credit) * one.AmountMinor);
        var paidInByFunder = paidIn.Where(one => one.FunderOrganisationId == funder).Select(one => one.PaidInId).ToHashSet();
        var lost = Lost(contract, funder, transfers, paidIn, currency);
        var givenUp = mine.Where(one => one.State is ObligationState.WrittenOff && one.PayeeOrganisationId == funder)
            .Sum(one => one.AmountMinor);
        return new PortfolioLine(
            contract, currency, committed,
            new Money(transfers.Where(one => one.PaidInId is { } id && paidInByFunder.Contains(id))
                .Sum(one => one.AmountMinor), currency),
            new Money(Ledger.Balance(Ledger.Cost, transfers.Where(one => one.Kind is TransferKind.Investment)), currency),
            mine.GroupBy(one => one.State).ToDictionary(group => group.Key, group => new Money(
                group.Sum(one => one.PayeeOrganisationId == funder ? one.AmountMinor : -one.AmountMinor), currency)),
            new Money(received + paid, currency), expected, new Money(lost + givenUp, currency),
            NextOf(contract, obligations, mine, today));
    }

    /// <summary>The funder's part of what did not come back when the contract ended.</summary>
    private static long Lost(
        OutcomeContract contract, Guid funder, IReadOnlyList<Transfer> transfers, IReadOnlyList<PaidIn> paidIn, Currency currency)
    {
        var lost = transfers.Where(one => one.Kind is TransferKind.CapitalWriteOff).Sum(one => one.AmountMinor);
        var parts = CapitalLoss.Split(new Money(lost, currency),
            [
                .. contract.Parties.Where(one => one.Role is PartyRole.Funder)
                    .Select(one => new FunderPaidIn(one.OrganisationId, 0)),
                .. paidIn.Where(one => one.State is PaidInState.Confirmed)
                    .Select(one => new FunderPaidIn(one.FunderOrganisationId, one.AmountMinor)),
            ]);
        return parts.TryGetValue(funder, out var mine) ? mine.Minor : 0;
    }

    private static int Sign(HashSet<string> accounts, string debit, string credit) =>
        (accounts.Contains(debit) ? 1 : 0) - (accounts.Contains(credit) ? 1 : 0);

    private static NextEvent NextOf(
        OutcomeContract contract, IReadOnlyList<Obligation> all, IReadOnlyList<Obligation> mine, DateOnly today)
    {
        if (contract.State is ContractState.Ended) return new NextEvent("ended", null, null);
        if (contract.State is not ContractState.Signed) return new NextEvent("signature", null, null);
        foreach (var (state, what) in Order)
        {
            if (mine.FirstOrDefault(one => one.State == state) is { } waits) return new NextEvent(what, waits.PeriodKey, null);
        }
        var unpaid = contract.Periods.FirstOrDefault(period => all.All(one => one.PeriodKey != period.Key));
        if (unpaid is null && today > contract.LastDay) return new NextEvent("end", null, null);
        if (unpaid is null) return new NextEvent("last-day", null, contract.LastDay);
        return unpaid.To < today ? new NextEvent("measurement", unpaid.Key, null)
            : new NextEvent("period-ends", unpaid.Key, unpaid.To);
    }

    private static readonly (ObligationState State, string What)[] Order =
    [
        (ObligationState.Disputed, "dispute"), (ObligationState.Triggered, "claim"), (ObligationState.Claimed, "attestation"),
        (ObligationState.Attested, "settlement"),
    ];
}
