using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Terms;

namespace Iop.OutcomeFinance.Domain.Simulating;

/// <summary>A contract of normal size — eight periods, six rows, four cohorts, fifty participants — to be simulated, and the same
/// evaluations bare: the two sides of the benchmark's ratio.</summary>
public static class NormalSizedContract
{
    public const string Text = """
        villkor 1, SEK
        enhet barn
        enhet person, personer
        enhet dag, dagar
        mått investerat: SEK, senaste värdet gäller
        mått skolresultat_förbättrade: ja/nej, senaste värdet gäller
        mått i_arbete: antal personer, läggs ihop
        samling kohorter
            fält baslinje: antal barn, senaste värdet gäller
            fält utfall: antal barn, senaste värdet gäller
            fält minskning = (baslinje − utfall, minst 0 barn)
        samling deltagare: personer
            varje nyckel har närvaro: antal dagar, läggs ihop
        tabell nivå för minskat: antal barn
            när under 40 barn: 0 SEK
            när minst 40 barn och under 80 barn: 1 500 000 SEK
            när minst 80 barn: 3 000 000 SEK
        rad garanti = 20 % av investerat
        rad nivåer = (summan av minskning i kohorter) enligt nivå
        rad arbete = (i_arbete × 40 000 SEK per person, högst 2 000 000 SEK)
        rad närvarande = summan av (närvaro × 100 SEK per dag, högst 20 000 SEK) i deltagare
        rad per_barn = summan av (minskning × 5 000 SEK per barn) i kohorter
        rad premie = 500 000 SEK om skolresultat_förbättrade, annars 0 SEK
        utbetalning = (summan av raderna, högst 9 000 000 SEK)
        betalare Kommunen 60 %
        betalare Regionen 40 %
        finansiär har satsat investerat
        """;

    private const int Periods = 8;

    /// <summary>Ready to be simulated, any number of times. The sum of the payments keeps the work from being optimised
    /// away.</summary>
    public static Func<int, long> Simulation(int runs)
    {
        var contract = Contract();
        var assumptions = Assumed(runs);
        return _ =>
        {
            var simulator = Simulator.Of(contract, assumptions, out var refusal)
                ?? throw new InvalidOperationException(refusal!.Code);
            var outcomes = new Outcomes(contract, runs);
            if (simulator.Run(0, runs, outcomes) is { } problem) throw new InvalidOperationException(problem.Code);
            simulator.GiveCountsTo(outcomes);
            var summary = Summary.Of(contract, outcomes, simulator);
            return summary.Total.Spread.Mean;
        };
    }

    /// <summary>The same terms on the same kind of figures, evaluated as often and nothing else.</summary>
    public static Func<int, long> Bare(int times)
    {
        var contract = Contract();
        var simulator = Simulator.Of(contract, Assumed(times), out _)!;
        var request = new EvaluationRequest(simulator.Figures);
        return _ =>
        {
            var sum = 0L;
            for (var time = 0; time < times; time++) sum += TermsText.Evaluate(contract.Program, request).Result!.Total.Minor;
            return sum;
        };
    }

    internal static SimulatedContract Contract()
    {
        var check = TermsText.Check(Text);
        var program = check.Program
            ?? throw new InvalidOperationException("The text of the benchmark does not hold: " + string.Join("; ",
                check.Diagnostics.Select(one => $"{one.Line}:{one.Column} {one.Code}")));
        var first = new DateOnly(2026, 6, 30);
        return new SimulatedContract(
            program,
            [.. Enumerable.Range(0, Periods).Select(at => new SimulatedPeriod(
                FormattableString.Invariant($"{2026 + at / 2}-H{1 + at % 2}"), at == Periods - 1, first.AddMonths(6 * at),
                null))],
            new DateOnly(2026, 1, 1),
            [new CashFlow(new DateOnly(2026, 1, 15), 300_000_000), new CashFlow(new DateOnly(2027, 1, 15), 200_000_000)]);
    }

    internal static Assumptions Assumed(int runs) => new(20_261_123, runs,
        [
            new MemberGroup("kohorter", ["A", "B", "C", "D"]),
            new MemberGroup("deltagare", [.. Enumerable.Range(1, 50).Select(at => FormattableString.Invariant($"p{at}"))]),
        ],
        [
            new Assumption("investerat", Shape.Fixed) { Value = "5000000" },
            new Assumption("skolresultat_förbättrade", Shape.Chance) { Percent = "35" },
            new Assumption("i_arbete", Shape.Triangular) { Low = "0", Likely = "5", High = "14" },
            new Assumption("kohorter/baslinje", Shape.Fixed) { Value = "150" },
            new Assumption("kohorter/utfall", Shape.Normal) { Mean = "132", Deviation = "12" },
            new Assumption("deltagare/närvaro", Shape.Triangular) { Low = "0", Likely = "30", High = "90" },
        ]);
}
