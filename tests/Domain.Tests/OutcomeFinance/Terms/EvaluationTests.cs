using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Domain.Terms.Evaluation;
using Iop.OutcomeFinance.Domain.Terms.Numbers;

namespace Iop.Domain.Tests.OutcomeFinance.Terms;

/// <summary>Waiting rows, cuts, splits and rounding, one sentence each.</summary>
public sealed class EvaluationTests
{
    private const string TwoRows =
        "terms 1, SEK\nmeasure a: SEK, adds up\nmeasure b: SEK, latest value applies\nrow first = a\nrow second = b\n";

    [Fact]
    public void What_adds_up_and_is_not_reported_makes_its_row_wait_and_keep_its_worth()
    {
        var result =
            Terms.Evaluate(TwoRows + "payout = sum of the rows", "[{\"a\":\"5\",\"b\":\"1\"},{\"b\":\"3\"},{\"a\":\"2\"}]");
        Assert.Equal(["6.00", "2.00", "2.00"], result.Periods.Select(period => period.Due.ToDecimalString()));
        Assert.Equal([true, false, true], result.Periods.Select(period => period.Complete));
        Assert.Equal(new WaitingRow("first", "terms.waits-for-figure", "a"), Assert.Single(result.Periods[1].Waiting));
    }

    [Fact]
    public void A_division_by_zero_makes_its_row_wait()
    {
        var text = "terms 1, SEK\nmeasure a: number, latest value applies\nrow r = (5 / a) × 10 SEK\npayout = sum of the rows";
        var result = Terms.Evaluate(text, "[{\"a\":\"0\"},{\"a\":\"2\"}]");
        Assert.Equal("terms.division-by-zero", Assert.Single(result.Periods[0].Waiting).Code);
        Assert.Equal("25.00", result.Total.ToDecimalString());
    }

    [Fact]
    public void An_empty_collection_is_none_and_an_absent_one_is_missing()
    {
        var text = "terms 1, SEK\ncollection people\nfield paid: SEK\nrow r = sum of paid in people\npayout = sum of the rows";
        Assert.True(Terms.Evaluate(text, "[{\"people\":[]}]").Periods[0].Complete);
        Assert.False(Terms.Evaluate(text, "[{}]").Periods[0].Complete);
    }

    [Theory]
    [InlineData("sum of the rows, at most 7 SEK", "first 5.00, second 2.00")]
    [InlineData("sum of the rows, at most 4 SEK", "first 4.00, second 0.00")]
    [InlineData("sum of the rows, at most 4 SEK, cut equally", "first 2.00, second 2.00")]
    [InlineData("sum of the rows, at least 12 SEK", "first 5.00, second 7.00")]
    public void The_cut_is_taken_from_the_last_row_first_unless_equally(string payout, string lines)
    {
        var result = Terms.Evaluate(TwoRows + "payout = " + payout, "[{\"a\":\"5\",\"b\":\"5\"}]");
        Assert.Equal(lines,
            string.Join(", ", result.Periods[0].Lines.Select(line => $"{line.Name} {line.Amount.ToDecimalString()}")));
        Assert.Equal("10.00", result.Gross.ToDecimalString());
    }

    [Fact]
    public void A_lower_later_period_takes_nothing_back_unless_the_text_says_so()
    {
        const string Figures = "[{\"a\":\"0\",\"b\":\"9\"},{\"a\":\"0\",\"b\":\"4\"},{\"a\":\"0\",\"b\":\"10\"}]";
        Assert.Equal("9.00 0.00 1.00", Terms.Dues(TwoRows + "payout = sum of the rows", Figures));
        Assert.Equal("9.00 -5.00 6.00", Terms.Dues(TwoRows + "payout = sum of the rows, clawback allowed", Figures));
    }

    [Theory]
    [InlineData(10, "3 3 4", "3 3 4")]
    [InlineData(10, "10/3 10/3 10/3", "4 3 3")]
    [InlineData(-10, "-10/3 -10/3 -10/3", "-4 -3 -3")]
    [InlineData(10, "14 -4", "10 0")]
    [InlineData(10, "13 5 -8", "9 1 0")]
    [InlineData(1, "1/2 1/2", "1 0")]
    [InlineData(2, "1/3 4/3 1/3", "1 1 0")]
    public void A_due_is_given_whole_first_and_then_one_by_one_to_the_largest_need(long due, string needs, string parts)
    {
        var exact = needs.Split(' ').Select(one => one.Split('/'))
            .Select(one => Fraction.Of(long.Parse(one[0], null), one.Length == 2 ? long.Parse(one[1], null) : 1));
        Assert.Equal(parts, string.Join(' ', Splitter.Split(due, [.. exact])));
    }

    [Theory]
    [InlineData(5, 10, Rounding.Nearest, 1)]
    [InlineData(-5, 10, Rounding.Nearest, -1)]
    [InlineData(4, 10, Rounding.Nearest, 0)]
    [InlineData(-14, 10, Rounding.Nearest, -1)]
    [InlineData(-15, 10, Rounding.Nearest, -2)]
    [InlineData(11, 10, Rounding.Up, 2)]
    [InlineData(-11, 10, Rounding.Up, -1)]
    [InlineData(19, 10, Rounding.Down, 1)]
    [InlineData(-11, 10, Rounding.Down, -2)]
    [InlineData(20, 10, Rounding.Up, 2)]
    public void Halves_go_away_from_zero_up_goes_up_and_down_goes_down(long top, long bottom, object way, long whole)
    {
        Assert.Equal(whole, Fraction.Of(top, bottom).Whole((Rounding)way));
        var big = System.Numerics.BigInteger.Pow(10, 40);
        var far = Fraction.Of(top * big, bottom * big);
        Assert.Equal(whole, far.Whole((Rounding)way));
    }

    [Fact]
    public void The_trace_names_the_limit_and_the_gate_that_decided_and_shows_no_keys()
    {
        var program = Terms.Program(Resources.Sample("norrkoping.sv"));
        var figures = Terms.Periods("[{\"invested\":\"10000000\",\"savings\":\"15000000\",\"school_results_improved\":true}]");
        var steps = Terms.Evaluate(program, figures, trace: true).Trace!;
        Assert.Contains(steps, step =>
            step.Row == "premium" && step.Code == "trace.gate-open" && step.Arguments["condition"] == "school_results_improved");
        Assert.Contains(steps, step =>
            step.Row == "premium" && step.Code == "trace.cap-decided" && step.Arguments["value"] == "2 000 000 SEK");
        Assert.Contains(steps, step => step.Code == "trace.due" && step.Arguments["due"] == "12 000 000 SEK");

        var card = Terms.Program(Resources.Sample("dwp-innovation-fund.en"));
        var secret = Terms.Evaluate(card, Terms.Periods("[{\"claims\":{\"Anna-secret\":[\"nqf1\"]}}]"), trace: true).Trace!;
        Assert.DoesNotContain(secret, step =>
            step.Arguments.Values.Any(value => value.Contains("Anna", StringComparison.Ordinal)));
    }

    [Fact]
    public void Evaluating_twice_and_with_a_trace_gives_the_same()
    {
        var program = Terms.Program(Resources.Sample("denver.en"));
        var figures =
            Terms.Periods(
                "[{\"stable_days\":\"258858\",\"jail_day_reduction_percent\":\"0\"},{\"stable_days\":\"41070\",\"jail_day_reduction_percent\":\"33.8\"}]");
        var (once, again) = (Terms.Evaluate(program, figures), Terms.Evaluate(program, figures, trace: true));
        Assert.Equal(once.Periods.Select(one => one.Due), again.Periods.Select(one => one.Due));
        Assert.Null(once.Trace);
    }
}
