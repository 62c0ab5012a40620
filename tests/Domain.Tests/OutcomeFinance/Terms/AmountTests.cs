using System.Numerics;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Domain.Terms.Numbers;

namespace Iop.Domain.Tests.OutcomeFinance.Terms;

/// <summary>What the result says beside the dues: lines, remainder, transfers, the funder's result, and what waits.</summary>
public sealed class AmountTests
{
    private const string Guaranteed = """
        terms 1, SEK
        measure invested: SEK, latest value applies
        measure bonus: SEK, latest value applies
        let half = 50 % of invested
        row pay = half
        payout = sum of the rows, without cap
        payer City 100 %
        funder Fund has invested invested
        after row guarantee, from Bank, to Fund = (75 % of invested − total paid, at least 0 SEK)
        after row fee, from Fund, to Adviser = 10 % of invested
        after row between_others, from Bank, to Adviser = 5 % of invested
        after row late, from Bank, to Fund = bonus
        """;

    private const string Thirds = """
        terms 1, SEK
        measure x: SEK, latest value applies
        row a = x / 3
        row b = x / 3
        payout = sum of the rows, without cap
        payer City 100 %
        """;

    // Too large for 64 bits, so that the slow way of rounding is the one that is tried.
    private static readonly BigInteger Big = BigInteger.Pow(10, 30);

    [Theory]
    [InlineData(1, 5, nameof(Rounding.Nearest), 1)]
    [InlineData(-1, 5, nameof(Rounding.Nearest), -1)]
    [InlineData(1, 4, nameof(Rounding.Nearest), 0)]
    [InlineData(-1, 4, nameof(Rounding.Nearest), 0)]
    [InlineData(1, 6, nameof(Rounding.Nearest), 1)]
    [InlineData(1, 1, nameof(Rounding.Up), 1)]
    [InlineData(-1, 1, nameof(Rounding.Up), 0)]
    [InlineData(-1, 9, nameof(Rounding.Up), 0)]
    [InlineData(1, 9, nameof(Rounding.Down), 0)]
    [InlineData(-1, 1, nameof(Rounding.Down), -1)]
    [InlineData(-1, 9, nameof(Rounding.Down), -1)]
    public void Enormous_numbers_round_like_small_ones(int sign, int tenths, string way, int beyond)
    {
        var value = Fraction.Of(sign * (Big * 10 + tenths), 10);
        Assert.Equal(sign * Big + beyond, value.Whole(Enum.Parse<Rounding>(way)));
    }

    [Fact]
    public void Transfers_beside_the_payout_count_in_the_funder_s_result()
    {
        var result = Terms.Evaluate(Guaranteed, """[{"final":true,"invested":"1000000","bonus":"0"}]""");
        Assert.Equal(
            [
                "guarantee Bank Fund 250000.00", "fee Fund Adviser 100000.00", "between_others Bank Adviser 50000.00",
                "late Bank Fund 0.00",
            ],
            result.AfterLines.Select(line => $"{line.Name} {line.From} {line.To} {line.Amount.ToDecimalString()}"));
        Assert.Equal("1000000.00", result.Funder!.Invested.ToDecimalString());
        Assert.Equal("650000.00", result.Funder.Received.ToDecimalString());
        Assert.Equal("-350000.00", result.Funder.Result.ToDecimalString());
    }

    [Fact]
    public void Before_the_final_period_nothing_is_transferred_beside_the_payout()
    {
        var result = Terms.Evaluate(Guaranteed, """[{"invested":"1000000","bonus":"7"}]""");
        Assert.Empty(result.AfterLines);
        Assert.Equal("500000.00", result.Funder!.Received.ToDecimalString());
    }

    [Fact]
    public void An_after_row_whose_figure_is_missing_waits()
    {
        var result = Terms.Evaluate(Guaranteed, """[{"final":true,"invested":"1000000"}]""");
        Assert.Contains(result.Periods[0].Waiting, row => row.Row == "late");
        Assert.DoesNotContain(result.AfterLines, line => line.Name == "late");
        Assert.False(result.Periods[0].Complete);
    }

    [Fact]
    public void A_payout_whose_figure_is_missing_waits()
    {
        var result = Terms.Evaluate("""
            terms 1, SEK
            measure x: SEK, latest value applies
            measure most: SEK, latest value applies
            row a = x
            payout = sum of the rows, at most most
            payer City 100 %
            """, """[{"x":"10"}]""");
        Assert.Contains(result.Periods[0].Waiting, row => row.Row == "payout");
        Assert.Equal("0.00", result.Total.ToDecimalString());
    }

    [Fact]
    public void Lines_are_shown_to_the_ore_and_the_remainder_is_said()
    {
        var result = Terms.Evaluate(Thirds, """[{"x":"1"},{"x":"2"}]""");
        Assert.Equal(["0.67", "0.66"], result.Periods.Select(period => period.Due.ToDecimalString()));
        Assert.Equal(["0.33 0.33", "0.33 0.33"], result.Periods[0].Lines.Select(Line));
        Assert.Equal(["0.67 0.34", "0.67 0.34"], result.Periods[1].Lines.Select(Line));
        Assert.Equal("-0.01", result.Rounding.ToDecimalString());
    }

    [Fact]
    public void An_amount_beyond_any_account_is_refused_with_its_place()
    {
        var periods = Terms.Periods("""[{"x":"99999999999999999999999999"}]""");
        var evaluation = TermsText.Evaluate(Terms.Program(Thirds), new EvaluationRequest(periods));
        Assert.Equal(("terms.amount-too-large", "measurements[0]"), (evaluation.Problem?.Code, evaluation.Problem?.Path));
    }

    [Fact]
    public void The_trace_tells_of_every_step_and_transfer()
    {
        var periods = Terms.Periods("""[{"final":true,"invested":"1000000","bonus":"0"}]""");
        var result = Terms.Evaluate(Terms.Program(Guaranteed), periods, trace: true);
        var rows = result.Trace!.Select(step => step.Row).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(new HashSet<string>(["half", "pay", "guarantee", "fee"], StringComparer.Ordinal), rows);
    }

    [Fact]
    public void The_largest_amount_of_all_is_still_paid_and_shown()
    {
        var result = Terms.Evaluate("""
            terms 1, SEK
            measure x: SEK, latest value applies
            row a = x
            payout = sum of the rows, without cap
            payer City 100 %
            """, """[{"x":"10000000000000000"}]""");
        Assert.Equal("10000000000000000.00", result.Total.ToDecimalString());
        Assert.Equal("10000000000000000.00 10000000000000000.00", Line(result.Periods[0].Lines[0]));
    }

    [Fact]
    public void A_transfer_beyond_any_account_is_left_out()
    {
        var result = Terms.Evaluate("""
            terms 1, SEK
            measure invested: SEK, latest value applies
            row pay = 1 % of invested
            payout = sum of the rows, without cap
            payer City 100 %
            funder Fund has invested invested
            after row huge, from Bank, to Fund = invested
            """, """[{"final":true,"invested":"1000000000000000000"}]""");
        Assert.Empty(result.AfterLines);
    }

    [Fact]
    public void Lines_move_although_nothing_is_due()
    {
        var result = Terms.Evaluate("""
            terms 1, SEK
            measure x: SEK, latest value applies
            measure y: SEK, latest value applies
            row a = x
            row b = y
            payout = sum of the rows, without cap
            payer City 100 %
            """, """[{"x":"10","y":"0"},{"x":"0","y":"10"}]""");
        Assert.Equal("0.00", result.Periods[1].Due.ToDecimalString());
        Assert.Equal(["0.00 -10.00", "10.00 10.00"], result.Periods[1].Lines.Select(Line));
    }

    private static string Line(LineResult line) => $"{line.Amount.ToDecimalString()} {line.Change.ToDecimalString()}";
}
