using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Domain.Reporting;

namespace Iop.OutcomeFinance.Portfolio;

/// <summary>All contracts that an organisation funds: each, and in total per currency.</summary>
/// <param name="Fund">What the organisation has said of its fund; null when nothing.</param>
/// <param name="Coming">What waits now, then day by day, over all contracts.</param>
public sealed record PortfolioView(
    string Funder, DateOnly On, FundView? Fund, IReadOnlyList<PortfolioSums> Totals,
    IReadOnlyList<PortfolioContract> Contracts, IReadOnlyList<ComingView> Coming)
{
    internal static PortfolioView Of(string funder, DateOnly on, ReadPortfolio read) => new(
        funder, on, read.Fund is { } fund ? FundView.Of(fund) : null,
        [.. read.Lines.GroupBy(line => line.Currency).OrderBy(group => group.Key.Code, StringComparer.Ordinal)
            .Select(group => PortfolioSums.Of(group.Key, [.. group]))],
        [.. read.Lines.Select(line => PortfolioContract.Of(line, read.Fund))],
        [.. read.Coming.Select(one => new ComingView(
            one.Contract.Value, one.Title, one.What, one.PeriodKey, one.On, one.Amount?.ToDecimalString(),
            one.Amount?.Currency.Code))]);
}

/// <param name="What">signature, dispute, claim, attestation, settlement, measurement, pay-in, period-ends, expected or
/// last-day.</param>
/// <param name="On">Null for what waits now.</param>
/// <param name="Amount">What the funder is to receive; below nought what it is to pay out of its own.</param>
public sealed record ComingView(
    Guid ContractId, string Title, string What, string? PeriodKey, DateOnly? On, string? Amount, string? Currency);

/// <summary>The words for money, everywhere the same.</summary>
/// <param name="Committed">Null when nothing is known of it.</param>
/// <param name="Triggered">Due and not yet claimed; each obligation counts in one of triggered, claimed, attested, settled,
/// disputed.</param>
/// <param name="Expected">By the scenario "expected"; null when there is none.</param>
/// <param name="ReturnToDate">Settled less paid in.</param>
/// <param name="VerifiedInvestment">What verified measurements say was put in.</param>
public sealed record PortfolioSums(
    string Currency, string? Committed, string PaidIn, string VerifiedInvestment, string Triggered, string Claimed,
    string Attested, string Settled, string Disputed, string? Expected, string WrittenOff, string ReturnToDate)
{
    internal static PortfolioSums Of(Currency currency, IReadOnlyList<PortfolioLine> lines)
    {
        return new PortfolioSums(
            currency.Code, Known(line => line.Committed), Sum(line => line.PaidIn), Sum(line => line.Verified),
            Sum(line => line.In(ObligationState.Triggered)), Sum(line => line.In(ObligationState.Claimed)),
            Sum(line => line.In(ObligationState.Attested)), Sum(line => line.Settled),
            Sum(line => line.In(ObligationState.Disputed)), Known(line => line.Expected), Sum(line => line.WrittenOff),
            Sum(line => line.ReturnToDate));

        string Sum(Func<PortfolioLine, Money> of) =>
            lines.Aggregate(new Money(0, currency), (sum, line) => sum + of(line)).ToDecimalString();

        string? Known(Func<PortfolioLine, Money?> of) => lines.All(line => of(line) is null) ? null
            : lines.Aggregate(new Money(0, currency), (sum, line) => sum + (of(line) ?? new Money(0, currency)))
                .ToDecimalString();
    }
}

/// <param name="Next">What comes next: period-ends, measurement, claim, attestation, settlement, dispute, last-day, end,
/// ended or signature.</param>
/// <param name="BeyondFund">It goes on after the fund has ended.</param>
public sealed record PortfolioContract(
    Guid ContractId, string Title, string State, IReadOnlyList<string> Payers, DateOnly StartsOn, DateOnly EndsOn,
    PortfolioSums Money, string Next, string? NextPeriodKey, DateOnly? NextOn, bool BeyondFund)
{
    internal static PortfolioContract Of(PortfolioLine line, Fund? fund) => new(
        line.Contract.ContractId.Value, line.Contract.Title, Words.Of(line.Contract.State),
        [.. line.Contract.Parties.Where(one => one.Role is PartyRole.Payer).Select(one => one.Name)
            .Distinct(StringComparer.Ordinal)],
        line.Contract.Periods.Min(period => period.From), line.Contract.LastDay, PortfolioSums.Of(line.Currency, [line]),
        line.Next.What, line.Next.PeriodKey, line.Next.On,
        line.Contract.State is not ContractState.Ended && fund?.EndsBefore(line.Contract.LastDay) is true);
}
