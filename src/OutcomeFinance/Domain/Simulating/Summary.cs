using Iop.OutcomeFinance.Domain.Terms.Evaluation;

namespace Iop.OutcomeFinance.Domain.Simulating;

/// <param name="Bins">Only where there is room to draw them: the total and the funder's result.</param>
internal sealed record Spreading(string Name, Spread Spread, IReadOnlyList<Bin> Bins);

/// <param name="WaitingRuns">In how many runs some row waited for a figure.</param>
internal sealed record PeriodSpread(string Key, Spread Due, Spread SoFar, int WaitingRuns, IReadOnlyList<Spreading> Payers);

/// <summary>What the funder got back, and at what rate.</summary>
/// <param name="Rate">In hundredths of a percent per year, over the runs that have one; null when none has.</param>
/// <param name="LossRuns">In how many runs less came back than was put in.</param>
internal sealed record FunderSpread(
    Spread Invested, Spread Received, Spreading Result, Spread? Rate, int RatedRuns, int NoRateRuns, int SeveralRatesRuns,
    int LossRuns);

/// <param name="Runs">By period, then by way.</param>
internal sealed record LevelSpread(LevelPoint Point, IReadOnlyList<IReadOnlyList<int>> Runs);

/// <summary>What all the runs came to.</summary>
internal sealed record Summary(
    int Runs, Spreading Total, IReadOnlyList<PeriodSpread> Periods, IReadOnlyList<Spreading> Payers,
    IReadOnlyList<Spreading> Payees, FunderSpread? Funder, IReadOnlyList<LevelSpread> Levels,
    IReadOnlyList<Sensitivity> Sensitivities)
{
    public static Summary Of(SimulatedContract contract, Outcomes outcomes, Simulator simulator)
    {
        var plan = contract.Program.Plan;
        return new Summary(
            outcomes.Runs, WithBins("", outcomes.Total), PeriodByPeriod(contract, outcomes),
            [.. plan.Payers.Select((payer, at) => Plain(payer.Name, outcomes.Payers[at]))],
            [.. plan.Payees.Select((payee, at) => Plain(payee.Name, outcomes.Payees[at]))],
            outcomes.HasFunder ? OfFunder(plan.FunderName, outcomes) : null,
            [.. outcomes.Levels.Points.Select((point, at) => Level(outcomes, point, at))],
            Sensitivity.Of(simulator));
    }

    private static List<PeriodSpread> PeriodByPeriod(SimulatedContract contract, Outcomes outcomes)
    {
        var soFar = new long[outcomes.Runs];
        var periods = new List<PeriodSpread>();
        foreach (var (at, period) in contract.Periods.Index())
        {
            for (var run = 0; run < soFar.Length; run++) soFar[run] += outcomes.Due[at][run];
            periods.Add(new PeriodSpread(
                period.Key, Spread.Of(outcomes.Due[at]), Spread.Of(soFar), outcomes.Waiting[at],
                [.. outcomes.PayerPeriods.Select((payer, index) => Plain(contract.Program.Plan.Payers[index].Name, payer[at]))]));
        }

        return periods;
    }

    private static FunderSpread OfFunder(string name, Outcomes outcomes)
    {
        var rates = outcomes.Rates.Where(rate => rate.Kind == RateKind.Found).Select(rate => (long)rate.BasisPoints).ToArray();
        return new FunderSpread(
            Spread.Of(outcomes.Invested), Spread.Of(outcomes.Received), WithBins(name, outcomes.Result),
            rates.Length == 0 ? null : Spread.Of(rates), rates.Length,
            outcomes.Rates.Count(rate => rate.Kind == RateKind.None), outcomes.Rates.Count(rate => rate.Kind == RateKind.Several),
            outcomes.Result.Count(result => result < 0));
    }

    private static LevelSpread Level(Outcomes outcomes, LevelPoint point, int at) => new(point,
    [
        .. Enumerable.Range(0, outcomes.Due.Length).Select(period => (IReadOnlyList<int>)
            [.. Enumerable.Range(0, point.Ways.Count).Select(way => outcomes.Levels.Count(at, period, way))]),
    ]);

    private static Spreading Plain(string name, long[] outcomes) => new(name, Spread.Of(outcomes), []);

    private static Spreading WithBins(string name, long[] outcomes) => new(name, Spread.Of(outcomes), Spread.Bins(outcomes));
}
