using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Domain.Terms.Evaluation;
using Iop.OutcomeFinance.Domain.Terms.Numbers;

namespace Iop.Domain.Tests.OutcomeFinance.Terms;

/// <summary>What holds for every contract and every figure, whatever the terms say.</summary>
public sealed class PropertyTests
{
    private static readonly TermsProgram Monotone = Terms.Program("""
        terms 1, SEK
        measure a: count of units, adds up
        measure b: SEK, adds up
        table steps for n: count of units
            when below 10 units: 0 SEK
            when at least 10 units and below 50 units: 1 000 SEK + (n − 10 units) × 33.37 SEK per units
            when at least 50 units: 9 000 SEK
        row level = a according to steps
        row part = 33 % of b, at most 7 777.77 SEK
        payout = sum of the rows, at most 12 345.67 SEK
        payer A 33.4 %
        payer B 33.3 %
        payer C 33.3 %
        payee X 61 %
        payee Y 39 %
        """);

    [Fact]
    public void Better_figures_never_pay_less(
    ) => Check.QuickThrowOnFailure(Prop.ForAll<(uint A, uint B, byte MoreA, byte MoreB)>(one =>
        Total((one.A % 100, one.B % 50_000)) <= Total((one.A % 100 + one.MoreA, one.B % 50_000 + one.MoreB))));

    [Fact]
    public void A_cap_is_never_exceeded() => Check.QuickThrowOnFailure(Prop.ForAll<(uint A, uint B)[]>(figures =>
        Evaluate([.. figures.Select(one => (one.A % 1000, one.B))]).Total.Minor <= 1_234_567));

    [Fact]
    public void Payers_and_payees_make_the_whole_and_nobody_is_paid_back(
    ) => Check.QuickThrowOnFailure(Prop.ForAll<(byte A, ushort B)[]>(figures =>
    {
        var result = Evaluate([.. figures.Select(one => ((uint)(one.A % 20), (uint)one.B))]);
        return result.Payers.Sum(one => one.Amount.Minor) == result.Total.Minor
            && result.Payees.Sum(one => one.Amount.Minor) == result.Total.Minor
            && result.Periods.All(period =>
                period.Obligations.Sum(one => one.Amount.Minor) == period.Due.Minor
                    && period.Obligations.All(one => one.Amount.Minor > 0));
    }));

    [Fact]
    public void Late_and_superseding_figures_end_where_figures_in_order_do(
    ) => Check.QuickThrowOnFailure(Prop.ForAll<(byte A, ushort B)[], int>((figures, seed) =>
    {
        var periods = Periods([.. figures.Take(10).Select(one => ((uint)(one.A % 20), (uint)one.B))]);
        string[] keys = [.. periods.Select(one => one.Period)];
        var wrong = periods.Select(one => one with { Values = Values(999, 1) });
        var late = periods.OrderBy(one => HashCode.Combine(one.Period, seed)).ToList();
        PeriodFigures[] arrived = [.. wrong.Where((_, at) => at % 2 == 0), .. late];
        var inOrder = Said(TermsText.Evaluate(Monotone, new EvaluationRequest(periods) { Periods = keys }));
        return Said(TermsText.Evaluate(Monotone, new EvaluationRequest(arrived) { Periods = keys })) == inOrder
            && Said(TermsText.Evaluate(Monotone, new EvaluationRequest(arrived) { Periods = keys })) == inOrder;
    }));

    [Fact]
    public void Splitting_a_period_in_two_changes_no_total(
    ) => Check.QuickThrowOnFailure(Prop.ForAll<(byte A, ushort B, byte MoreA, ushort MoreB)>(one =>
        Total(((uint)one.A + one.MoreA, (uint)one.B + one.MoreB)) == Total((one.A, one.B), (one.MoreA, one.MoreB))));

    [Fact]
    public void Parts_make_the_due_and_have_its_sign(
    ) => Check.QuickThrowOnFailure(Prop.ForAll<(short Top, byte Bottom)[]>(needs =>
    {
        if (needs.Length == 0) return true;
        var exact = needs.Select(one => Fraction.Of(one.Top, one.Bottom + 1)).ToList();
        var due = (long)exact.Aggregate(Fraction.Zero, (sum, one) => sum + one).Whole(Rounding.Nearest);
        exact[0] += Fraction.Of(due) - exact.Aggregate(Fraction.Zero, (sum, one) => sum + one);
        var parts = Splitter.Split(due, exact);
        return parts.Sum() == due && parts.All(part => part == 0 || Math.Sign(part) == Math.Sign(due));
    }));

    [Fact]
    public void Fractions_are_exact() => Check.QuickThrowOnFailure(Prop.ForAll<(long A, int B), (long C, int D)>((left, right) =>
    {
        var (a, b, c, d) =
            ((System.Numerics.BigInteger)left.A, Math.Abs((long)left.B) + 1, (System.Numerics.BigInteger)right.C,
                Math.Abs((long)right.D) + 1);
        var (one, two) = (Fraction.Of(a, b), Fraction.Of(c, d));
        return one + two == Fraction.Of(a * d + c * b, (System.Numerics.BigInteger)b * d)
            && one - two == Fraction.Of(a * d - c * b, (System.Numerics.BigInteger)b * d)
            && one * two == Fraction.Of(a * c, (System.Numerics.BigInteger)b * d)
            && (c.IsZero || one / two * two == one)
            && one.CompareTo(two) == (a * d).CompareTo(c * b);
    }));

    private static long Total(params (uint A, uint B)[] figures) => Evaluate(figures).Total.Minor;

    private static TermsResult Evaluate(IReadOnlyList<(uint A, uint B)> figures) => Terms.Evaluate(Monotone, Periods(figures));

    private static PeriodFigures[] Periods(IReadOnlyList<(uint A, uint B)> figures) =>
        [.. figures.Take(100)
            .Select((one, at) => new PeriodFigures(at.ToString(CultureInfo.InvariantCulture), false, Values(one.A, one.B)))];

    private static Dictionary<string, Figure> Values(uint a, uint b) => new()
    {
        ["a"] = new FigureText(a.ToString(CultureInfo.InvariantCulture)),
        ["b"] = new FigureText((b / 100m).ToString(CultureInfo.InvariantCulture)),
    };

    private static string Said(TermsEvaluation evaluation) => string.Join(
        '|', evaluation.Result!.Periods.Select(one => $"{one.Period} {one.Due} {string.Join(',', one.Obligations)}")
            .Append(string.Join(',', evaluation.Result.Payers)));
}
