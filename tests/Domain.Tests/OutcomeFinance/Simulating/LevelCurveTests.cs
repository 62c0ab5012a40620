using Iop.OutcomeFinance.Domain.Simulating;
using Iop.OutcomeFinance.Domain.Terms;

namespace Iop.Domain.Tests.OutcomeFinance.Simulating;

public sealed class LevelCurveTests
{
    private const string Norrkoping = """
        villkor 1, SEK
        mått investerat: SEK, senaste värdet gäller
        mått besparing: SEK, senaste värdet gäller, kan vara negativt
        rad garanti = 40 % av investerat
        rad andel = 60 % av (besparing, minst 0 SEK, högst investerat)
        utbetalning = summan av raderna, utan tak
        betalare Kommunen 100 %
        """;

    private static readonly string[] Periods = ["2026", "2027"];

    [Fact]
    public void The_payment_follows_the_saving_from_nothing_to_the_cap()
    {
        var saving = LevelCurve.Of(
                Contract(Norrkoping, Periods), [Expected("2026", "5000000"), Expected("2027", "5000000")])
            .Single(curve => curve.Measure == "besparing");
        Assert.Equal(5_000_000, saving.Expected);
        Assert.Equal(-5_000_000, saving.Points[0].At);
        // 40 % of 7.5 million whatever is saved; 60 % of each krona more, up to what was invested.
        Assert.Equal(
            [new(-5_000_000, 300_000_000), new(0, 300_000_000), new(7_500_000, 750_000_000), new(10_000_000, 750_000_000)],
            saving.Turns);
    }

    [Fact]
    public void Without_expectations_only_terms_of_one_measure_can_be_drawn()
    {
        Assert.Empty(LevelCurve.Of(Contract(Norrkoping, Periods), []));
        var only = Assert.Single(LevelCurve.Of(Contract("""
            villkor 1, SEK
            mått elever: antal elever, läggs ihop
            rad per_elev = elever × 40 000 SEK per elever
            utbetalning = summan av raderna, högst 2 000 000 SEK
            betalare Kommunen 100 %
            """, Periods), []));
        Assert.Null(only.Expected);
        Assert.Equal([new(0, 0), new(50, 200_000_000), new(100, 200_000_000)], only.Turns);
    }

    [Fact]
    public void Each_level_of_the_demos_two_payers_is_a_step()
    {
        var curve = LevelCurve.Of(Contract("""
            villkor 1, SEK
            mått investerat: SEK, senaste värdet gäller
            mått åter_i_skolan: antal elever, läggs ihop
            tabell nivåer för elever: antal elever
                när under 10 elever: 0 SEK
                när minst 10 elever och under 25 elever: 600 000 SEK
                när minst 25 elever och under 40 elever: 1 500 000 SEK
                när minst 40 elever: 2 400 000 SEK
            rad resultat = åter_i_skolan enligt nivåer
            utbetalning = summan av raderna, högst 2 400 000 SEK
            betalare Solna 70 %
            betalare Regionen 30 %
            finansiär Fonden har satsat investerat
            """, "2025"), [new PeriodFigures("2025", true, new Dictionary<string, Figure>(StringComparer.Ordinal)
            {
                ["investerat"] = new FigureText("1200000"), ["åter_i_skolan"] = new FigureText("26"),
            })]).Single(one => one.Measure == "åter_i_skolan");
        Assert.Equal(26, curve.Expected);
        Assert.Equal([0, 60_000_000, 150_000_000, 240_000_000], curve.Turns.Select(turn => turn.TotalMinor).Distinct());
        Assert.Contains(new CurvePoint(25, 150_000_000), curve.Turns);
        Assert.Contains(new CurvePoint(24, 60_000_000), curve.Turns);
    }

    private static SimulatedContract Contract(string text, params string[] periods) => new(
        Program(text), [.. periods.Select(key => new SimulatedPeriod(key, true, new DateOnly(2026, 12, 31), null))],
        new DateOnly(2026, 1, 1), []);

    private static PeriodFigures Expected(string period, string saved) => new(
        period, false, new Dictionary<string, Figure>(StringComparer.Ordinal)
        {
            ["investerat"] = new FigureText("7500000"), ["besparing"] = new FigureText(saved),
        });

    private static TermsProgram Program(string text) => TermsText.Check(text).Program!;
}
