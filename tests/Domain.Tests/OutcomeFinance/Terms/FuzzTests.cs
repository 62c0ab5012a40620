using System.Diagnostics;
using System.Text;
using Iop.OutcomeFinance.Domain.Terms;

namespace Iop.Domain.Tests.OutcomeFinance.Terms;

/// <summary>No text of any kind crashes, hangs or goes beyond its budget: each is checked, and what passes is evaluated and
/// printed.</summary>
public sealed class FuzzTests
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("IOP_LONG") == "1";
    private static readonly int Texts = Long
        ? 2_000_000 : int.TryParse(Environment.GetEnvironmentVariable("IOP_FUZZ"), out var texts) ? texts : 100_000;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(10);

    private static readonly string[] Seeds =
    [
        .. new[] { "norrkoping.sv", "norrkoping.en", "denver.en", "peterborough.en", "dwp-innovation-fund.en",
            "utah-preschool.en", "ways-to-wellness.en" }.Select(Resources.Sample),
        .. ReferencePageTests.Examples().Select(row => row.Data.Item1),
    ];

    private static readonly string[] Pieces =
    [
        " ", "\n", "\t", "\r\n", "\u00A0", "\u202F", "\u202E", "\u200F", "\u200B", "\uFEFF", "\0", "\uD800", "a\u030A", "а", "ο",
            "漢", "😀", "--", "\"", "[", "]", "(", ")", ",", ":",
        "=", "≥", "<", "%", "×", "/", "−", "-", "1 300", "1,300", "1.300", "1 30", "0", "99999999999999999999999999999999",
            "0,000000000000000000000000001", "2026-02-30", "2026-06-30",
        " om ", " if ", ", annars ", ", otherwise ", " minst ", " at least ", ", högst ", " at most ", "rad ", "row ", "låt x = ",
            "let x = ", "mått x: SEK, läggs ihop\n", "payout = ", "utbetalning = ",
        " enligt ", " according to ", "summan av ", "sum of ", " i ", " in ", "alla i ", "tabell t för x: tal\n", "när minst ",
            "part above ", " och ", " and ", " SEK", " procent", " per ", "x", "per period",
        " upphöjt till ", " to the power of ", "prislista ", "post ", "samling ", "fält ", "varje nyckel har ", "terms 1, SEK\n",
            "villkor 1, SEK\n", "tidigare betalt", "summan av raderna",
    ];

    [Fact]
    public void Mutated_examples_and_random_texts_get_an_answer()
    {
        var random = new Random(20261122);
        var started = Stopwatch.StartNew();
        var (slowest, worst, passed) = (TimeSpan.Zero, "", 0);
        for (var count = 0; count < Texts; count++)
        {
            var text = count % 10 == 0 ? Noise(random) : Mutated(random);
            var before = started.Elapsed;
            if (Answer(text)) passed++;
            var took = started.Elapsed - before;
            if (took > slowest) (slowest, worst) = (took, text);
        }

        Assert.True(slowest < Budget, $"{slowest} for:\n{worst}");
        Assert.True(passed > Texts / 100, $"Only {passed} texts were whole; the fuzzer tests too little of the evaluator.");
    }

    [Theory]
    [InlineData("(", 40_000)]
    [InlineData("−", 40_000)]
    [InlineData("inte ", 10_000)]
    [InlineData("summan av ", 5_000)]
    [InlineData("1 + ", 15_000)]
    [InlineData("a om ", 10_000)]
    [InlineData("2 upphöjt till ", 4_000)]
    [InlineData("a enligt ", 7_000)]
    [InlineData("((1 + ", 9_000)]
    public void Depth_and_length_have_limits(string piece, int times)
    {
        var text =
            "villkor 1, SEK\nrad x = " + string.Concat(Enumerable.Repeat(piece, times))
                + "1 SEK\nutbetalning = summan av raderna";
        var check = TermsText.Check(text);
        Assert.False(check.Ok);
        Assert.NotEmpty(check.Diagnostics);
    }

    [Fact]
    public void A_tower_of_squares_meets_the_limit_on_numbers()
    {
        var text = new StringBuilder("terms 1, SEK\nmeasure a: number, latest value applies\nlet x0 = a + 2\n");
        for (var index = 1; index <= 60; index++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"let x{index} = x{index - 1} × x{index - 1}\n");
        text.Append("row r = x60 × 1 SEK\npayout = sum of the rows");
        var evaluation =
            TermsText.Evaluate(Terms.Program(text.ToString()), new EvaluationRequest(Terms.Periods("[{\"a\":\"1.000000001\"}]")));
        Assert.Equal("terms.number-too-large", evaluation.Problem!.Code);
    }

    [Fact]
    public void Tables_in_tables_meet_the_limit_on_work_or_depth()
    {
        var text = new StringBuilder("terms 1, SEK\nmeasure a: number, latest value applies\n");
        for (var index = 0; index <= 30; index++)
        {
            var value = index == 0 ? "x" : string.Join(" + ", Enumerable.Repeat($"x according to t{index - 1}", 20));
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"table t{index} for x: number\nwhen at least 0: {value}\n");
        }

        var deep = text + "row r = a according to t30 × 1 SEK\npayout = sum of the rows";
        Assert.Contains("terms.too-deep", Terms.Codes(deep));
        var wide = text + "row r = a according to t9 × 1 SEK\npayout = sum of the rows";
        var nine =
            wide[..wide.IndexOf("table t11", StringComparison.Ordinal)] + wide[wide.IndexOf("row r", StringComparison.Ordinal)..];
        var evaluation = TermsText.Evaluate(Terms.Program(nine), new EvaluationRequest(Terms.Periods("[{\"a\":\"1\"}]")));
        Assert.Equal("terms.too-much-work", evaluation.Problem!.Code);
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("NaN")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1,5")]
    [InlineData("1 000")]
    [InlineData("１２")]
    [InlineData("")]
    [InlineData("1234567890123456789012345678901")]
    public void A_figure_that_is_no_number_is_refused(string figure)
    {
        var program = Terms.Program("terms 1, SEK\nmeasure a: SEK, adds up\nrow r = a\npayout = sum of the rows");
        var measurement = new PeriodFigures("1", false, new Dictionary<string, Figure> { ["a"] = new FigureText(figure) });
        var evaluation = TermsText.Evaluate(program, new EvaluationRequest([measurement]));
        Assert.Equal(("figure.number", "measurements[0].values.a"), (evaluation.Problem?.Code, evaluation.Problem?.Path));
    }

    [Fact]
    public void An_amount_beyond_all_money_is_refused()
    {
        var program = Terms.Program("terms 1, SEK\nmeasure a: SEK, adds up\nrow r = a\npayout = sum of the rows");
        var evaluation =
            TermsText.Evaluate(program, new EvaluationRequest(Terms.Periods("[{\"a\":\"999999999999999999999999999999\"}]")));
        Assert.Equal("terms.amount-too-large", evaluation.Problem!.Code);
    }

    private static bool Answer(string text)
    {
        var check = TermsText.Check(text);
        if (!check.Ok)
        {
            Assert.Contains(check.Diagnostics, one => one.Severity == Severity.Error);
            return false;
        }

        var again = TermsText.Check(check.Canonical!);
        Assert.Equal(check.Canonical, again.Canonical);
        var empty = new PeriodFigures("1", true, new Dictionary<string, Figure>());
        Assert.NotNull(TermsText.Evaluate(check.Program!, new EvaluationRequest([empty]) { Trace = true }));
        return true;
    }

    private static string Mutated(Random random)
    {
        var text = new StringBuilder(Seeds[random.Next(Seeds.Length)]);
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at));
                    break;
                case 1:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 2:
                    text[at] = (char)random.Next(1, random.Next(2) == 0 ? 0x250 : 0xFFFF);
                    break;
                default:
                    var other = Seeds[random.Next(Seeds.Length)];
                    var from = random.Next(other.Length);
                    text.Insert(at, other.AsSpan(from, Math.Min(random.Next(1, 60), other.Length - from)));
                    break;
            }

            if (text.Length == 0) text.Append('x');
        }

        return text.ToString();
    }

    private static string Noise(Random random)
    {
        var text = new StringBuilder(random.Next(2) == 0 ? "terms 1, SEK\n" : "villkor 1, SEK\n");
        for (var left = random.Next(1, 40); left > 0; left--) text.Append(Pieces[random.Next(Pieces.Length)]);
        return text.ToString();
    }
}
