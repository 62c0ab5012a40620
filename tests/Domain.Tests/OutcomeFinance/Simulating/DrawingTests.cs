using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Simulating;
using Iop.OutcomeFinance.Domain.Terms;

namespace Iop.Domain.Tests.OutcomeFinance.Simulating;

/// <summary>Draws: the generator as its authors published it, and distributions that are what they are called.</summary>
public sealed class DrawingTests
{
    private const int Draws = 200_000;

    [Fact]
    public void The_generator_gives_the_published_numbers()
    {
        var generator = Xoshiro256.From(1, 2, 3, 4);
        ulong[] published =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600, 16172922978634559625,
            8476171486693032832, 10595114339597558777, 2904607092377533576,
        ];
        Assert.All(published, number => Assert.Equal(number, generator.Next()));
    }

    [Fact]
    public void The_seeding_gives_the_published_numbers()
    {
        var state = 1234567UL;
        ulong[] published =
        [
            6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821,
        ];
        Assert.All(published, number => Assert.Equal(number, Xoshiro256.SplitMix(ref state)));
    }

    [Fact]
    public void Every_run_draws_otherwise_than_every_other_run_and_seed()
    {
        var generator = Xoshiro256.Seeded(0);
        var seen = new HashSet<ulong>();
        for (var seed = 0UL; seed < 20; seed++)
        {
            for (var run = 0; run < 1_000; run++)
            {
                generator.BeginRun(seed, run);
                Assert.True(seen.Add(generator.Next()), $"seed {seed}, run {run}");
            }
        }
    }

    [Fact]
    public void The_table_of_the_normal_distribution_is_the_normal_distribution()
    {
        // Beside an approximation of another kind: the integral of the density, summed from the middle.
        var (sum, z, step) = (0.5, 0.0, 1e-5);
        for (var thousandths = 500; thousandths <= 999; thousandths++)
        {
            while (sum < thousandths / 1000.0)
            {
                var middle = z + step / 2;
                sum += Math.Exp(-middle * middle / 2) / Math.Sqrt(2 * Math.PI) * step;
                z += step;
            }

            Assert.InRange(NormalTable.Quantile(thousandths) / 1e6, z - 0.0005, z + 0.0005);
            Assert.Equal(NormalTable.Quantile(thousandths), -NormalTable.Quantile(1000 - thousandths));
        }
    }

    [Theory]
    //          lowest bits of the draw                 millionths
    [InlineData(0x0000000000000000UL, 5_419_983)] // the far tail ends there
    [InlineData(0x8000000000000000UL, -5_419_983)]
    [InlineData(0x7FFFFFFFFFFFFFFFUL, 0)] // the middle
    [InlineData(0x4000000000000000UL, 674_490)] // a quarter remains
    public void The_ends_of_the_table_are_reached_and_never_passed(ulong bits, long millionths) =>
        Assert.InRange(NormalTable.At(bits), millionths - 1, millionths + 1);

    [Theory]
    //          low  likely high   mean        variance: (a² + b² + c² − ab − ac − bc) / 18
    [InlineData(0, 300, 900, 400.0, 35_000.0)]
    [InlineData(-500, -500, 1_000, 0.0, 125_000.0)]
    [InlineData(100, 100, 100, 100.0, 0.0)]
    public void A_triangular_draw_has_the_moments_of_a_triangle(long low, long likely, long high, double mean, double variance)
    {
        var outcomes = Outcomes(new TriangularDraw(0, low, likely, high));
        Assert.All(outcomes, outcome => Assert.InRange(outcome, low, high));
        Moments(outcomes, mean, variance);
    }

    [Fact]
    public void A_normal_draw_has_its_mean_and_deviation() =>
        Moments(Outcomes(new NormalDraw(0, 10_000, 1_500, 0, 1_000_000)), 10_000, 1_500.0 * 1_500);

    [Fact]
    public void A_normal_draw_stays_within_its_bounds()
    {
        var outcomes = Outcomes(new NormalDraw(0, 5, 10, 0, 12));
        Assert.Equal((0, 12), (outcomes.Min(), outcomes.Max()));
        Assert.InRange(outcomes.Count(outcome => outcome == 0) / (double)Draws, 0.31, 0.34); // Φ(−0.45)
    }

    [Fact]
    public void History_gives_each_value_as_often_as_it_was_seen()
    {
        var generator = Xoshiro256.Seeded(7);
        var draw = new HistoryDraw([new FigureText("a"), new FigureText("b"), new FigureText("b"), new FigureText("c")]);
        var seen = Enumerable.Range(0, Draws).Select(_ => ((FigureText)draw.Next(generator, new FigureNumber())).Text)
            .CountBy(text => text, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        Assert.InRange(seen["a"], Draws * 0.245, Draws * 0.255);
        Assert.InRange(seen["b"], Draws * 0.494, Draws * 0.506);
        Assert.InRange(seen["c"], Draws * 0.245, Draws * 0.255);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3_500)]
    [InlineData(10_000)]
    public void A_chance_comes_true_as_often_as_it_says(int chance)
    {
        var generator = Xoshiro256.Seeded(11);
        var draw = new ChanceDraw(chance);
        var yes = Enumerable.Range(0, Draws).Count(_ => ((FigureYesNo)draw.Next(generator, new FigureNumber())).Yes);
        Assert.InRange(yes, (chance / 10_000.0 - 0.005) * Draws, (chance / 10_000.0 + 0.005) * Draws);
        Assert.Equal(chance > 5_000, ((FigureYesNo)draw.Quantile(500)).Yes);
    }

    [Theory]
    [InlineData(0, 300, 900)]
    [InlineData(0, 0, 800)]
    [InlineData(-40, 800, 800)]
    public void Quantiles_are_where_the_draws_say(long low, long likely, long high)
    {
        var draw = new TriangularDraw(0, low, likely, high);
        var sorted = Outcomes(draw);
        Array.Sort(sorted);
        foreach (var thousandths in (int[])[100, 500, 900])
        {
            var drawn = sorted[(int)((long)Draws * thousandths / 1000)];
            var stated = (long)((FigureNumber)draw.Quantile(thousandths)).Number.Top;
            Assert.InRange(stated, drawn - 6, drawn + 6);
        }
    }

    [Fact]
    public void Percentiles_are_outcomes_and_the_mean_is_rounded_half_away_from_zero()
    {
        long[] outcomes = [.. Enumerable.Range(1, 100).Select(at => (long)at)];
        Assert.Equal(new Spread(51, 5, 25, 50, 75, 95), Spread.Of(outcomes));
        Assert.Equal(-2, Spread.Of([-1, -2]).Mean); // −1.5
        Assert.Equal(100, Spread.Bins(outcomes).Sum(bin => bin.Runs));
        Assert.Equal([new Bin(7, 7, 2)], Spread.Bins([7, 7]));
    }

    private static long[] Outcomes(Draw draw)
    {
        var (generator, figure) = (Xoshiro256.Seeded(20_261_123), new FigureNumber());
        return [.. Enumerable.Range(0, Draws).Select(_ => (long)((FigureNumber)draw.Next(generator, figure)).Number.Top)];
    }

    private static void Moments(long[] outcomes, double mean, double variance)
    {
        var (found, spread) = (outcomes.Average(), Math.Sqrt(Math.Max(1, variance)));
        Assert.InRange(found, mean - spread * 0.01, mean + spread * 0.01); // four deviations of the mean of 200 000
        Assert.InRange(outcomes.Average(outcome => (outcome - found) * (outcome - found)), variance * 0.98 - 1,
            variance * 1.02 + 1);
    }
}
