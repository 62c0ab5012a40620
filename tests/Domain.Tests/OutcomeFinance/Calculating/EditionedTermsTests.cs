using System.Globalization;
using System.Text.Json;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Calculating;
using Iop.OutcomeFinance.Domain.Terms;

namespace Iop.Domain.Tests.OutcomeFinance.Calculating;

public sealed class EditionedTermsTests
{
    private const string First = """
        villkor 1, SEK
        mått investerat: SEK, senaste värdet gäller
        mått besparing: SEK, senaste värdet gäller, kan vara negativt
        mått deltagare: antal personer, läggs ihop
        rad garanti = 40 % av investerat
        rad andel = 60 % av (besparing, minst 0 SEK, högst investerat)
        rad per_person = deltagare × 333,33 SEK per personer
        utbetalning = summan av raderna, högst 9 000 000 SEK
        betalare Kommunen 60 %
        betalare Regionen 40 %
        """;

    private const string Second = """
        villkor 1, SEK
        mått investerat: SEK, senaste värdet gäller
        mått deltagare: antal personer, läggs ihop
        rad kvar = 10 % av investerat
        rad per_person = deltagare × 1 000 SEK per personer
        utbetalning = summan av raderna, högst 9 500 000 SEK
        betalare Kommunen 100 %
        """;

    private static readonly TermsProgram[] Programs = [Program(First), Program(Second)];

    [Fact]
    public void What_was_due_before_the_date_is_the_same_to_the_last_bit_after_amending()
    {
        var random = new Random(20_261_123);
        for (var round = 0; round < 500; round++)
        {
            var periods = Enumerable.Range(0, random.Next(2, 8)).Select(one => $"P{one}").ToList();
            var figures = periods.Where(_ => random.Next(5) > 0).Select(period => Figures(period, random)).ToList();
            var boundary = random.Next(1, periods.Count);
            var (before, _) = EditionedTerms.Evaluate([new EditionTerms(Programs[0], periods, figures)], trace: true);
            var (after, problem) = EditionedTerms.Evaluate(
                [
                    new EditionTerms(Programs[0], periods[..boundary], figures),
                    new EditionTerms(Programs[1], periods[boundary..], figures),
                ], trace: true);
            Assert.Null(problem);
            var kept = periods[..boundary];
            Assert.Equal(Of(before, kept), Of(after, kept));
            Assert.All(after[1].Periods, period => Assert.DoesNotContain(period.Period, kept));
        }
    }

    [Fact]
    public void A_cap_counts_what_was_paid_under_the_earlier_terms()
    {
        var figures = new[] { Figures("2026", 10_000_000, 0, 0), Figures("2027", 10_000_000, 0, 9_000) };
        var (results, _) = EditionedTerms.Evaluate(
            [
                new EditionTerms(Programs[0], ["2026"], figures), new EditionTerms(Programs[1], ["2027"], figures),
            ], trace: false);
        Assert.Equal(Money.Kronor(4_000_000), results[0].Total);
        Assert.Equal(Money.Kronor(5_500_000), results[1].Total); // 10 million by the rows, 9.5 in all
        Assert.Equal(Money.Kronor(9_500_000), EditionedTerms.Joined(results).Total);
    }

    [Fact]
    public void Additive_figures_of_before_are_not_counted_again()
    {
        var figures = new[] { Figures("2026", 0, 0, 100), Figures("2027", 0, 0, 1) };
        var (results, _) = EditionedTerms.Evaluate(
            [
                new EditionTerms(Programs[0], ["2026"], figures), new EditionTerms(Programs[1], ["2027"], figures),
            ], trace: false);
        Assert.Equal(Money.Kronor(1_000), results[1].Total);
    }

    private static string Of(IReadOnlyList<TermsResult> results, IReadOnlyList<string> periods) => JsonSerializer.Serialize(
        results.SelectMany(result => result.Periods).Where(period => periods.Contains(period.Period)).Select(period => new
        {
            period.Period, Due = period.Due.Minor, period.Complete, Waiting = period.Waiting.Select(one => one.Row + one.Code),
            Lines = period.Lines.Select(line => (line.Name, line.Amount.Minor, line.Change.Minor).ToString()),
            Obligations = period.Obligations.Select(one => (one.Payer, one.Payee, one.Amount.Minor).ToString()),
        }).Concat<object>(results.SelectMany(result => result.Trace ?? []).Where(step => periods.Contains(step.Period))
            .Select(step => new { step.Row, step.Code, Values = step.Arguments.OrderBy(one => one.Key) })));

    private static PeriodFigures Figures(string period, Random random) => Figures(
        period, random.Next(0, 12_000_000), random.Next(-2_000_000, 12_000_000), random.Next(0, 500));

    private static PeriodFigures Figures(string period, int invested, int saved, int people) => new(
        period, false, new Dictionary<string, Figure>(StringComparer.Ordinal)
        {
            ["investerat"] = Number(invested), ["besparing"] = Number(saved), ["deltagare"] = Number(people),
        });

    private static FigureText Number(int number) => new(number.ToString(CultureInfo.InvariantCulture));

    private static TermsProgram Program(string text) => TermsText.Check(text).Program
        ?? throw new InvalidOperationException(string.Join('\n', TermsText.Check(text).Diagnostics));
}
