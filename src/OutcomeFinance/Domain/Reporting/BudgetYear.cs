using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Paying;

namespace Iop.OutcomeFinance.Domain.Reporting;

/// <summary>A payer's year (budgetår): what was planned beside what came to be. A debt belongs to the year in which it was
/// triggered, however late it is paid; a plan to the year in which its period ends.</summary>
/// <param name="Planned">Null when nothing is planned.</param>
internal sealed record BudgetYear(int Year, Money? Planned, IReadOnlyDictionary<ObligationState, Money> Actual)
{
    public static IReadOnlyList<BudgetYear> Of(
        IEnumerable<Obligation> obligations, IEnumerable<(int Year, Money Amount)> planned, Currency currency)
    {
        var actual = obligations.ToLookup(one => SwedishTime.DateIn(one.TriggeredAt).Year);
        var plans = planned.ToLookup(one => one.Year, one => one.Amount);
        return
        [
            .. actual.Select(year => year.Key).Union(plans.Select(year => year.Key)).Order().Select(year => new BudgetYear(
                year, plans.Contains(year) ? Sum(plans[year], currency) : null,
                actual[year].GroupBy(one => one.State)
                    .ToDictionary(group => group.Key, group => Sum(group.Select(one => one.Amount), currency)))),
        ];
    }

    public Money Total(Currency currency) => Sum(Actual.Values, currency);

    public Money In(ObligationState state, Currency currency) => Actual.GetValueOrDefault(state, new Money(0, currency));

    private static Money Sum(IEnumerable<Money> amounts, Currency currency) =>
        amounts.Aggregate(new Money(0, currency), (sum, amount) => sum + amount);
}
