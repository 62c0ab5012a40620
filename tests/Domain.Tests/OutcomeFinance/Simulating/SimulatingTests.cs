using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Simulating;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Domain.Terms.Measuring;

namespace Iop.Domain.Tests.OutcomeFinance.Simulating;

/// <summary>Ten thousand runs of a contract's terms: the same answer for the same seed, and the real payment where nothing is
/// left to
/// chance.</summary>
public sealed class SimulatingTests
{
    private static readonly DateOnly Start = new(2016, 1, 1);

    [Fact]
    public void Norrkoping_with_fixed_figures_gives_exactly_the_real_payment()
    {
        var summary = Simulated(Norrkoping(), new Assumptions(1, 100, [],
            [Fixed("investerat", "7500000"), Fixed("besparing", "4000000"), Fixed("skolresultat_förbättrade", "false")]));
        Assert.Equal(Same(540_000_000), summary.Total.Spread);
        Assert.Equal(Same(-210_000_000), summary.Funder!.Result.Spread);
        Assert.Equal(100, summary.Funder.LossRuns);
        Assert.InRange(summary.Funder.Rate!.P50, -1_075, -1_050); // (5.4 / 7.5)^(1 / 35 months), a year
        Assert.Empty(summary.Sensitivities);
    }

    [Fact]
    public void The_same_seed_gives_the_same_answer_in_whatever_chunks_it_is_computed()
    {
        var alone = Text(Simulated(NormalSizedContract.Contract(), NormalSizedContract.Assumed(300)));
        foreach (var chunk in (int[])[37, 100, 299])
            Assert.Equal(alone, Text(Simulated(NormalSizedContract.Contract(), NormalSizedContract.Assumed(300), chunk)));
        Assert.NotEqual(alone, Text(Simulated(
            NormalSizedContract.Contract(), NormalSizedContract.Assumed(300) with { Seed = 20_261_124 })));
    }

    /// <summary>A figure from the day it was written: if another machine, or a later version, gives anything else, promises
    /// about seeds are broken.</summary>
    [Fact]
    public void The_seed_of_the_benchmark_gives_what_it_always_gave()
    {
        var summary = Simulated(NormalSizedContract.Contract(), NormalSizedContract.Assumed(10_000));
        Assert.Equal(Benchmark, summary.Total.Spread);
    }

    private static Spread Benchmark => new(722_684_020, 608_710_000, 691_820_000, 736_000_000, 760_560_000, 798_750_000);

    [Fact]
    public void Percentiles_of_a_share_lie_where_the_figures_lie()
    {
        var summary = Simulated(Norrkoping(), new Assumptions(3, 10_000, [],
        [
            Fixed("investerat", "7500000"), Fixed("skolresultat_förbättrade", "false"),
            new Assumption("besparing", Shape.Triangular) { Low = "0", Likely = "3000000", High = "6000000" },
        ]));
        // 40 % guaranteed and 60 % of a saving that is symmetric around three million
        Assert.InRange(summary.Total.Spread.P50, 478_000_000, 482_000_000);
        Assert.InRange(summary.Total.Spread.Mean, 478_000_000, 482_000_000);
        Assert.InRange(summary.Total.Spread.P5, 356_000_000, 358_500_000); // √(0.05 · 18) = 0.9487 of a million saved
        var sensitivity = Assert.Single(summary.Sensitivities);
        Assert.Equal("besparing", sensitivity.Measure);
        Assert.InRange(sensitivity.Swing, 198_000_000, 200_000_000); // 60 % of p90 − p10, 3.317 million
        Assert.Equal(10_000, summary.Total.Bins.Sum(bin => bin.Runs));
    }

    [Fact]
    public void Chances_of_levels_limits_and_gates_are_counted()
    {
        var summary = Simulated(Norrkoping(), new Assumptions(5, 2_000, [],
        [
            Fixed("investerat", "10000000"), new Assumption("skolresultat_förbättrade", Shape.Chance) { Percent = "25" },
            new Assumption("besparing", Shape.History) { Values = ["-1000000", "5000000", "11000000", "12000000"] },
        ]));
        var saving = summary.Levels.Single(level => level.Point.Text == "besparing");
        Assert.Equal(["", "minst 0 SEK", "högst investerat"], saving.Point.Ways);
        Assert.All(saving.Runs[0].Zip([500, 500, 1_000]), pair => Assert.InRange(pair.First, pair.Second - 80, pair.Second + 80));
        var gate = summary.Levels.Single(level => level.Point.Text.Contains("besparing − investerat", StringComparison.Ordinal)
            && level.Point.Ways[^1] == "annars");
        Assert.InRange(gate.Runs[0][0], 430, 570);
        Assert.Equal(2_000, gate.Runs[0].Sum());
    }

    [Fact]
    public void Payers_and_periods_add_up_to_the_total_in_every_run()
    {
        var (contract, assumptions) = (NormalSizedContract.Contract(), NormalSizedContract.Assumed(300));
        var outcomes = new Outcomes(contract, 300);
        Assert.Null(Simulator.Of(contract, assumptions, out _)!.Run(0, 300, outcomes));
        for (var run = 0; run < 300; run++)
        {
            Assert.Equal(outcomes.Total[run], outcomes.Due.Sum(period => period[run]));
            Assert.Equal(outcomes.Total[run], outcomes.Payers.Sum(payer => payer[run]));
            Assert.Equal(outcomes.Total[run], outcomes.Payees.Sum(payee => payee[run]));
            Assert.All(outcomes.Payers.Zip(outcomes.PayerPeriods),
                pair => Assert.Equal(pair.First[run], pair.Second.Sum(period => period[run])));
        }
    }

    [Fact]
    public void What_is_verified_stands_and_only_the_rest_is_drawn()
    {
        var contract = NormalSizedContract.Contract();
        var figures = Simulator.Of(contract, NormalSizedContract.Assumed(10), out _)!.Figures;
        var measured = contract with
        {
            Periods = [.. contract.Periods.Select((period, at) => at < 7 ? period with { Verified = figures[at] } : period)],
        };
        var summary = Simulated(measured, NormalSizedContract.Assumed(200));
        Assert.All(summary.Periods.Take(7), period => Assert.Equal(period.Due.P5, period.Due.P95));
        Assert.True(summary.Periods[7].Due.P5 < summary.Periods[7].Due.P95);
    }

    [Fact]
    public void The_best_and_worst_scenarios_turn_where_lower_is_better()
    {
        var cell = new Cell([], "x", new CertainDraw(new FigureText("1")), "x", lowerIsBetter: true);
        Assert.Equal((500, 100, 900), (ScenarioKind.Expected.At(cell), ScenarioKind.Best.At(cell), ScenarioKind.Worst.At(cell)));
    }

    [Theory]
    [InlineData("besparingar", nameof(Shape.Fixed), "1", "simulation.measure-unknown")]
    [InlineData("besparing", nameof(Shape.Fixed), "1,5", "figure.number")]
    [InlineData("investerat", nameof(Shape.Fixed), "-1", "figure.negative")]
    [InlineData("besparing", nameof(Shape.Chance), "1", "simulation.shape-does-not-fit")]
    [InlineData("skolresultat_förbättrade", nameof(Shape.Fixed), "kanske", "figure.yes-no")]
    public void An_assumption_that_does_not_fit_is_refused_where_it_stands(string measure, string shape, string value,
        string code)
    {
        var assumption = new Assumption(measure, Enum.Parse<Shape>(shape)) { Value = value };
        Assert.Null(Simulator.Of(Norrkoping(), new Assumptions(1, 10, [], [assumption]), out var no));
        Assert.Equal(code, Assert.Single(no!.Fields).Code);
        Assert.StartsWith("assumptions[0].", no.Fields[0].Field, StringComparison.Ordinal);
    }

    [Fact]
    public void A_measure_that_nobody_has_assumed_anything_of_is_refused()
    {
        Assert.Null(Simulator.Of(Norrkoping(), new Assumptions(1, 10, [], [Fixed("investerat", "1")]), out var refusal));
        Assert.Equal("simulation.measure-unassumed", refusal!.Code);
        Assert.Equal("besparing", refusal.Arguments["measure"]);
    }

    [Fact]
    public void A_contract_too_large_to_draw_is_refused()
    {
        var assumptions = NormalSizedContract.Assumed(10);
        IReadOnlyList<string> crowd = [.. Enumerable.Range(0, 1_000).Select(at => $"p{at}")];
        Assert.Null(Simulator.Of(NormalSizedContract.Contract(),
            assumptions with { Groups = [assumptions.Groups[0], new MemberGroup("deltagare", crowd)] }, out var refusal));
        Assert.Equal("simulation.too-large", refusal!.Code);
    }

    [Fact]
    public void The_schedule_decides_when_the_funder_pays_in()
    {
        var contract = Norrkoping() with
        {
            Schedule = [new CashFlow(new DateOnly(2016, 1, 1), 500_000_000), new CashFlow(new DateOnly(2017, 1, 1), 250_000_000)],
        };
        var summary = Simulated(contract, new Assumptions(1, 10, [],
            [Fixed("investerat", "7500000"), Fixed("besparing", "7500000"), Fixed("skolresultat_förbättrade", "false")]));
        Assert.Equal(Same(750_000_000), summary.Funder!.Invested);
        Assert.Equal(0, summary.Funder.Rate!.Mean);
    }

    private static SimulatedContract Norrkoping() => new(
        TermsText.Check(NorrkopingByHand.Text).Program!,
        [new SimulatedPeriod("2016-2018", true, new DateOnly(2018, 12, 31), null)], Start, []);

    private static Assumption Fixed(string measure, string value) => new(measure, Shape.Fixed) { Value = value };

    private static Spread Same(long minor) => new(minor, minor, minor, minor, minor, minor);

    private static Summary Simulated(SimulatedContract contract, Assumptions assumptions, int chunk = int.MaxValue)
    {
        var outcomes = new Outcomes(contract, assumptions.Runs);
        Simulator? last = null;
        // Last chunk first, each by a simulator of its own: as if many threads had done it in any order.
        var starts = new List<int>();
        for (long from = 0; from < assumptions.Runs; from += chunk) starts.Add((int)from);
        foreach (var from in Enumerable.Reverse(starts))
        {
            last = Simulator.Of(contract, assumptions, out var refusal);
            Assert.True(last is not null, refusal?.Code + string.Join(", ", refusal?.Fields ?? []));
            Assert.Null(last.Run(from, Math.Min(chunk, assumptions.Runs - from), outcomes));
            last.GiveCountsTo(outcomes);
        }

        return Summary.Of(contract, outcomes, last!);
    }

    private static string Text(Summary summary) => System.Text.Json.JsonSerializer.Serialize(summary);
}
