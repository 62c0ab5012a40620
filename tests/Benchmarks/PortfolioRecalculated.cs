using System.Globalization;
using Iop.OutcomeFinance.Domain.Terms.Measuring;
using Iop.TestKit;

namespace Iop.Benchmarks;

/// <summary>A portfolio of a thousand contracts of twenty periods each, recalculated from their texts and all their figures on
/// one core, beside the same payments in hand-written C#.</summary>
internal static class PortfolioRecalculated
{
    private const int Contracts = 1_000;
    private const int Periods = 20;
    private const int HandWritten = 100;

    // What all have paid: kept, or the compiler would leave out the work.
    private static long paid;

    public static async IAsyncEnumerable<Comparison> Of(Servers servers)
    {
        var portfolio = NorrkopingByHand.Portfolio(Contracts, Periods);
        yield return new(string.Create(CultureInfo.InvariantCulture,
            $"{Contracts} contracts × {Periods} periods recalculated / hand-written C#"), _ =>
            {
                paid += portfolio.Recalculate();
                return Task.CompletedTask;
            }, _ =>
            {
                for (var time = 0; time < HandWritten; time++) paid += portfolio.ByHand();
                return Task.CompletedTask;
            })
        {
            WarmUpRounds = 2, Rounds = 10, TimesInRound = (1, HandWritten),
        };
        if (portfolio.Recalculate() != portfolio.ByHand())
            throw new InvalidOperationException("The two do not pay the same: the comparison would be worthless.");
    }
}
