using System.Globalization;
using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain.Simulating;

namespace Iop.OutcomeFinance.Simulating;

/// <summary>The result as it is kept and shown: amounts as decimal strings, rates in percent.</summary>
internal sealed class ResultOfSimulation(Currency currency)
{
    public static SimulationResultView Of(Summary summary, Currency currency) => new ResultOfSimulation(currency).View(summary);

    private SimulationResultView View(Summary summary) => new(
        currency.Code, summary.Runs, Amounts(summary.Total.Spread), Bins(summary.Total), [.. summary.Periods.Select(Period)],
        Parties(summary.Payers), Parties(summary.Payees), summary.Funder is { } funder ? Funder(funder) : null,
        [.. summary.Levels.Select(level => new LevelView(
            Words.Of(level.Point.Kind), level.Point.Row, level.Point.Text, level.Point.Ways, level.Runs))],
        [.. summary.Sensitivities.Select(one =>
            new SensitivityView(one.Measure, Text(one.Low), Text(one.High), Text(one.Swing)))]);

    private PeriodSpreadView Period(PeriodSpread period) => new(
        period.Key, Amounts(period.Due), Amounts(period.SoFar), period.WaitingRuns, Parties(period.Payers));

    private FunderSpreadView Funder(FunderSpread funder) => new(
        funder.Result.Name, Amounts(funder.Invested), Amounts(funder.Received), Amounts(funder.Result.Spread),
        Bins(funder.Result),
        funder.Rate is { } rate ? Of(rate, Percent) : null, funder.RatedRuns, funder.NoRateRuns, funder.SeveralRatesRuns,
        funder.LossRuns);

    private List<PartySpreadView> Parties(IReadOnlyList<Spreading> parties) =>
        [.. parties.Select(party => new PartySpreadView(party.Name, Amounts(party.Spread)))];

    private List<BinView> Bins(Spreading spreading) =>
        [.. spreading.Bins.Select(bin => new BinView(Text(bin.From), Text(bin.To), bin.Runs))];

    private SpreadView Amounts(Spread spread) => Of(spread, Text);

    private static SpreadView Of(Spread spread, Func<long, string> text) => new(
        text(spread.Mean), text(spread.P5), text(spread.P25), text(spread.P50), text(spread.P75), text(spread.P95));

    private string Text(long minor) => new Money(minor, currency).ToDecimalString();

    /// <summary>Hundredths of a percent, as percent.</summary>
    public static string Percent(long basisPoints) => (basisPoints / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
