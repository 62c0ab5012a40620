using Iop.OutcomeFinance.Domain.Terms;

namespace Iop.Domain.Tests.OutcomeFinance.Terms;

/// <summary>What is asked before signing, at the place where it stands.</summary>
public sealed class CheckTests
{
    private const string Head =
        "terms 1, SEK\nmeasure a: SEK, adds up\nmeasure n: count of persons, adds up\nmeasure p: percent, latest value applies\nmeasure q: SEK, adds up, may be negative\n";

    [Theory]
    [InlineData("row r = a + n", "terms.units-differ")]
    [InlineData("row r = a if p ≥ 20, otherwise 0 SEK", "terms.percent-meets-number")]
    [InlineData("row r = n", "terms.wrong-type")]
    [InlineData("row r = a × a", "terms.wrong-type")]
    [InlineData("row r = (p − 20 %) × 100 SEK", "terms.points-times")]
    [InlineData("measure saving: SEK, adds up\nrow r = savign", "terms.unknown-name-did-you-mean")]
    [InlineData("row r = s\nlet s = a", "terms.unknown-name")]
    [InlineData("row r = n × 5 SEK per person", "terms.unknown-unit-did-you-mean")]
    [InlineData("table t for x: percent\nwhen below 20 %: 0 SEK\nwhen above 20 %: 5 SEK\nrow r = p according to t",
        "terms.boundary-gap")]
    [InlineData("table t for x: percent\nwhen at most 20 %: 0 SEK\nwhen at least 20 %: 5 SEK\nrow r = p according to t",
        "terms.boundary-overlap")]
    [InlineData("table t for x: percent\nwhen below 20 %: 0 SEK\nwhen at least 30 %: 5 SEK\nrow r = p according to t",
        "terms.bands-gap")]
    [InlineData("table t for x: percent\nwhen below 20 %: 0 SEK\nwhen at least 10 %: 5 SEK\nrow r = p according to t",
        "terms.bands-overlap")]
    [InlineData("table t for x: percent\nwhen 20 %: 0 SEK\nrow r = p according to t", "terms.boundary-unstated")]
    [InlineData("table t for x: percent\nwhen below 20 %: 9 SEK\nwhen at least 20 %: 5 SEK\nrow r = p according to t",
        "terms.levels-fall")]
    [InlineData("row r = q", "terms.row-may-be-negative")]
    [InlineData("row r = a", "terms.unused-measure")]
    [InlineData("row r = a\npayer A 60 %\npayer B 30 %", "terms.payers-not-whole", true)]
    [InlineData("row r = previously paid", "terms.only-per-period")]
    [InlineData("measure m: SEK\nrow r = m", "terms.accumulation-unstated")]
    [InlineData("rate card c\nentry x: 5 SEK\nrow r = a", "terms.times-unstated")]
    [InlineData("row r = a if p ≥ 20 %", "terms.otherwise-missing")]
    [InlineData("measure m: SEK, adds up, counts persons\nrow r = m", "terms.cannot-count-persons")]
    [InlineData("measure m: percent, latest value applies, counts no persons\nrow r = m of a", "terms.cannot-count-persons")]
    [InlineData("measure m: count of pupils, adds up, counts no persons\nrow r = m × 5 SEK per pupils", "terms.persons-denied")]
    [InlineData("collection homes: clients, counts no persons\nfield f: SEK\nrow r = sum of f in homes", "terms.persons-denied")]
    public void A_text_is_questioned(string rest, string code, bool payers = false)
    {
        var text = payers
            ? Head + rest.Split('\n')[0] + "\npayout = sum of the rows\n" + string.Join('\n', rest.Split('\n').Skip(1))
            : Head + rest + "\npayout = sum of the rows";
        Assert.Contains(code, Terms.Codes(text));
    }

    [Fact]
    public void No_cap_is_asked_about_and_silenced_by_saying_so()
    {
        const string Text = "terms 1, SEK\nmeasure a: SEK, adds up\nrow r = a\npayout = sum of the rows";
        Assert.Equal(["terms.no-payer", "terms.no-total-cap"], Terms.Codes(Text + "\n").Order());
        Assert.DoesNotContain("terms.no-total-cap", Terms.Codes(Text + ", without cap"));
        Assert.DoesNotContain("terms.no-total-cap", Terms.Codes(Text + ", at most 5 SEK"));
    }

    [Fact]
    public void A_fault_stands_at_its_line_and_column()
    {
        var error =
            TermsText.Check("terms 1, SEK\nmeasure a: SEK, adds up\nrow r = a + 5 %\npayout = sum of the rows").Diagnostics[0];
        Assert.Equal((3, 9, Severity.Error), (error.Line, error.Column, error.Severity));
    }

    [Fact]
    public void All_faults_are_shown_at_once() =>
        Assert.Equal(2, Terms.Codes("terms 1, SEK\nrow r = \nrow s = 5 SEK +\npayout = sum of the rows", Severity.Error).Count);

    [Fact]
    public void Measures_say_what_they_are() => Assert.Equal(
        ["a money adds-up", "n count adds-up", "p percent latest", "q money adds-up"],
        TermsText.Check(Head + "row r = 0 SEK\npayout = sum of the rows").Measures.Select(one =>
            $"{one.Name} {one.Type} {one.Accumulation}"));
}
