using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Paying;

namespace Iop.OutcomeFinance.Domain.Reporting;

/// <summary>Something that a funder waits for, or has to do.</summary>
/// <param name="What">signature, dispute, claim, attestation, settlement, measurement, pay-in, period-ends, expected or
/// last-day.</param>
/// <param name="On">Null for what waits now.</param>
internal sealed record ComingEvent(
    ContractId Contract, string Title, string What, string? PeriodKey, DateOnly? On, Money? Amount);

/// <summary>What the future holds as the contract and the expected scenario plan it.</summary>
/// <param name="DueDays">When invoices are due, by obligation.</param>
/// <param name="Expected">What the funder is to receive, by period.</param>
internal sealed record Plans(
    IReadOnlyDictionary<ObligationId, DateOnly> DueDays, IReadOnlyDictionary<string, Money> Expected);

/// <summary>What comes next over a whole portfolio (vad som kommer): what waits now, then day by day.</summary>
internal static class Coming
{
    public static IReadOnlyList<ComingEvent> InOrder(IEnumerable<ComingEvent> all, int most) =>
        [.. all.OrderBy(one => one.On ?? DateOnly.MinValue).ThenBy(one => one.Contract.Value).Take(most)];

    public static IEnumerable<ComingEvent> Of(
        PortfolioLine line, Guid funder, IReadOnlyList<Obligation> obligations, Plans plans, DateOnly today)
    {
        var contract = line.Contract;
        if (contract.State is ContractState.Ended) return [];
        if (contract.State is not ContractState.Signed) return [Event("signature")];
        return
        [
            .. obligations.Where(one => one.PayeeOrganisationId == funder != (one.PayerOrganisationId == funder))
                .Where(one => one.State is not (ObligationState.Settled or ObligationState.WrittenOff)).Select(Waiting),
            .. contract.Investments.Where(one => one.On >= today && contract.Parties.Any(
                    party => party.Id == one.PartyId && party.OrganisationId == funder))
                .Select(one => Event("pay-in", null, one.On, new Money(one.AmountMinor, line.Currency))),
            .. contract.Periods.Where(period => obligations.All(one => one.PeriodKey != period.Key)).Select(Unmeasured),
            .. contract.LastDay >= today ? [Event("last-day", null, contract.LastDay)] : Array.Empty<ComingEvent>(),
        ];

        ComingEvent Event(string what, string? period = null, DateOnly? on = null, Money? amount = null) =>
            new(contract.ContractId, contract.Title, what, period, on, amount);

        ComingEvent Waiting(Obligation one) => Event(
            one.State switch
            {
                ObligationState.Disputed => "dispute",
                ObligationState.Triggered => "claim",
                ObligationState.Claimed => "attestation",
                _ => "settlement",
            },
            one.PeriodKey, one.State is ObligationState.Triggered or ObligationState.Disputed ? null
                : plans.DueDays.TryGetValue(one.Id, out var due) ? due : null,
            one.PayeeOrganisationId == funder ? one.Amount : -one.Amount);

        // Nothing has come of it yet: it is over and not measured, or it is going on.
        ComingEvent Unmeasured(ContractPeriod period)
        {
            Money? expected = plans.Expected.TryGetValue(period.Key, out var amount) ? amount : null;
            return period.To < today ? Event("measurement", period.Key, null, expected)
                : Event(expected is null ? "period-ends" : "expected", period.Key, period.To, expected);
        }
    }
}
