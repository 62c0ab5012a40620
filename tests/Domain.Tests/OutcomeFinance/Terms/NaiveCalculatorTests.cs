using System.Globalization;
using System.Numerics;
using Iop.OutcomeFinance.Domain.Terms;

namespace Iop.Domain.Tests.OutcomeFinance.Terms;

/// <summary>Each public case computed a second time by plain code that shares nothing with the engine, on thousands of random
/// figures.</summary>
public sealed class NaiveCalculatorTests
{
    private const int Times = 2_000;

    [Fact]
    public void Norrköping()
    {
        var program = Terms.Program(Resources.Sample("norrkoping.sv"));
        Agree(program, random =>
        {
            long invested = random.Next(0, 1_000_000_000), savings = random.Next(-500_000_000, 1_500_000_000); // öre
            var improved = random.Next(2) == 0;
            var share = Math.Clamp(savings, 0, invested);
            var thousandths = 400 * (BigInteger)invested + 600 * (BigInteger)share;
            if (improved)
                thousandths += BigInteger.Min(1000 * (BigInteger)Math.Max(0, savings - invested), 200 * (BigInteger)invested);
            return (Figures(("invested", Money(invested)), ("savings", Money(savings)),
                ("school_results_improved", new FigureYesNo(improved))), Half(thousandths, 1000));
        });
    }

    [Fact]
    public void Denver()
    {
        var program = Terms.Program(Resources.Sample("denver.en"));
        Agree(program, random =>
        {
            long days = random.Next(0, 500_000), hundredths = random.Next(0, 10_000); // of a percent
            var tenths = (hundredths + 5) / 10;
            var jail = tenths switch
            {
                < 200 => 0,
                < 300 => 320_000_000 + (tenths - 200) * 1_600_000,
                < 650 => 480_000_000 + (tenths - 300) * 800_000,
                _ => 760_000_000,
            };
            var reduction = $"{hundredths / 100}.{hundredths % 100:00}";
            return (Figures(("stable_days", Text(days)), ("jail_day_reduction_percent", new FigureText(reduction))),
                Math.Min(days * 1512 + jail, 1_142_000_000));
        });
    }

    [Fact]
    public void Peterborough()
    {
        var program = Terms.Program(Resources.Sample("peterborough.en"));
        Agree(program, random =>
        {
            var cohorts = Enumerable.Range(0, random.Next(1, 4))
                .Select(_ => (Baseline: random.Next(500, 2_000), Fall: random.Next(-100, 250))).ToList();
            long each = cohorts.Where(one => one.Fall * 10 >= one.Baseline).Sum(one => one.Fall);
            long fall = cohorts.Sum(one => one.Fall), baseline = cohorts.Sum(one => one.Baseline);
            var events = each + (fall * 1000 >= baseline * 75 ? Math.Max(0, fall - each) : 0);
            var list =
                new FigureList(
                    [.. cohorts.Select(one =>
                        new FigureMap(
                            Figures(("baseline_events", Text(one.Baseline)),
                                ("observed_events", Text(one.Baseline - one.Fall)))))]);
            return (Figures(("cohorts", list)), Math.Min(events * 1_000_000, 800_000_000));
        });
    }

    [Fact]
    public void The_innovation_fund()
    {
        var prices = new Dictionary<string, int>
        {
            ["behaviour"] = 1300, ["attendance"] = 800, ["nqf1"] = 700, ["nqf2"] = 2200, ["nqf3"] = 3300, ["nqf4"] = 2000,
                ["esol"] = 1200, ["job13w"] = 2600, ["job26w"] = 1000,
        };
        var program = Terms.Program(Resources.Sample("dwp-innovation-fund.en"));
        Agree(program, random =>
        {
            var people = Enumerable.Range(0, random.Next(0, 6)).ToDictionary(
                one => $"p{one}", _ => Enumerable.Range(0, random.Next(0, 12))
                    .Select(_ => prices.Keys.ElementAt(random.Next(prices.Count))).ToList());
            var pounds = people.Values.Sum(claims => Math.Min(8200, claims.Distinct().Sum(code => prices[code])));
            var map =
                people.ToDictionary(one => one.Key, one =>
                    (Figure)new FigureList([.. one.Value.Select(code => new FigureText(code))]));
            return (Figures(("claims", new FigureMap(map))), pounds * 100L);
        });
    }

    [Fact]
    public void Utah()
    {
        var program = Terms.Program(Resources.Sample("utah-preschool.en"));
        Agree(program, random =>
        {
            // cents
            long cost = random.Next(-1_000_000, 50_000_000), target = random.Next(0, 100_000_000),
                paid = random.Next(0, 100_000_000);
            var grade = random.Next(0, 9);
            BigInteger saving = Math.Max(0, cost), left = Math.Max(0, target - paid);
            // In 1/9500 of a cent: the high share covers left × 100/95 of the saving.
            var high = BigInteger.Min(saving * 95, left * 100);
            var value = grade > 6 ? 0 : high * 95 * 100 + (saving * 95 - high) * 40 * 100;
            return (Figures(("avoided_cost", Money(cost)), ("recoup_target", Money(target)), ("already_paid", Money(paid)),
                ("grade", Text(grade))), Half(value, 950_000));
        });
    }

    [Fact]
    public void Ways_to_wellness()
    {
        var program = Terms.Program(Resources.Sample("ways-to-wellness.en"));
        Agree(program, random =>
        {
            long thousandths = random.Next(-500, 2_500), patients = random.Next(0, 1_000);
            var share = Math.Clamp(thousandths - 500, 0, 900);
            var points = new FigureText((thousandths / 1000m).ToString(CultureInfo.InvariantCulture));
            return (Figures(("average_points", points), ("patients", Text(patients))),
                Half((BigInteger)share * patients * 10_000, 900));
        });
    }

    private static void Agree(TermsProgram program, Func<Random, (Dictionary<string, Figure> Figures, long Minor)> one)
    {
        var random = new Random(4711);
        for (var time = 0; time < Times; time++)
        {
            var (figures, minor) = one(random);
            Assert.Equal(minor, Terms.Evaluate(program, [new PeriodFigures("1", false, figures)]).Total.Minor);
        }
    }

    private static long Half(BigInteger top, long bottom) => (long)((top * 2 + bottom) / (2 * bottom));

    private static FigureText Money(long minor) => new((minor / 100m).ToString("0.00", CultureInfo.InvariantCulture));

    private static FigureText Text(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    private static Dictionary<string, Figure> Figures(params (string Name, Figure Value)[] figures) =>
        figures.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal);
}
