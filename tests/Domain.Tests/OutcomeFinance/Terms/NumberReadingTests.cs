using Iop.OutcomeFinance.Domain.Terms;

namespace Iop.Domain.Tests.OutcomeFinance.Terms;

/// <summary>A comma and a point never mean two things: thousands by space, decimals as the language has them, all else is asked
/// about.</summary>
public sealed class NumberReadingTests
{
    [Theory]
    [InlineData("1 300", "1300.00")]
    [InlineData("1\u00A0300", "1300.00")]
    [InlineData("1\u202F300", "1300.00")]
    [InlineData("1300", "1300.00")]
    [InlineData("1 300 000,5", "1300000.50")]
    [InlineData("0,125", "0.13")]
    [InlineData("1,300", "1.30")]
    public void Swedish_reads_a_decimal_comma_and_spaced_thousands(string written, string paid) =>
        Assert.Equal(paid, Terms.Total($"villkor 1, SEK\nrad x = {written} SEK\nutbetalning = summan av raderna", "[{}]"));

    [Theory]
    [InlineData("1 300", "1300.00")]
    [InlineData("1\u00A0300", "1300.00")]
    [InlineData("1 300 000.5", "1300000.50")]
    [InlineData("0.125", "0.13")]
    [InlineData("1.300", "1.30")]
    public void English_reads_a_decimal_point_and_spaced_thousands(string written, string paid) =>
        Assert.Equal(paid, Terms.Total($"terms 1, SEK\nrow x = {written} SEK\npayout = sum of the rows", "[{}]"));

    [Theory]
    [InlineData("terms 1, SEK\nrow x = 1,300 SEK\npayout = sum of the rows", "1 300", "1.300")]
    [InlineData("villkor 1, SEK\nrad x = 1.300 SEK\nutbetalning = summan av raderna", "1 300", "1,300")]
    [InlineData("terms 1, SEK\nrow x = 1,300.50 SEK\npayout = sum of the rows", "130 050", "1 300.50")]
    [InlineData("villkor 1, SEK\nrad x = 1.300,50 SEK\nutbetalning = summan av raderna", "130 050", "1 300,50")]
    public void The_other_language_s_sign_is_an_error_that_shows_both_readings(string text, string thousands, string @decimal)
    {
        var error = Assert.Single(TermsText.Check(text).Diagnostics, one => one.Severity == Severity.Error);
        Assert.Equal(("terms.number-two-readings", thousands, @decimal),
            (error.Code, error.Arguments["thousands"], error.Arguments["decimal"]));
        Assert.Equal((2, 9), (error.Line, error.Column));
    }

    [Theory]
    [InlineData("1,300")]
    [InlineData("12,500")]
    public void Three_decimals_are_read_but_asked_about(string written) =>
        Assert.Contains("terms.number-looks-like-thousands",
            Terms.Codes($"villkor 1, SEK\nrad x = {written} SEK\nutbetalning = summan av raderna"));

    [Theory]
    [InlineData("1 30")]
    [InlineData("1300 000")]
    [InlineData("1 300 00")]
    [InlineData("12 3456")]
    public void Groups_that_are_not_of_three_are_an_error(string written) =>
        Assert.Contains("terms.number-groups",
            Terms.Codes($"villkor 1, SEK\nrad x = {written} SEK\nutbetalning = summan av raderna"));

    [Theory]
    [InlineData("villkor 1, SEK\nrow x = 1 SEK\nutbetalning = summan av raderna", "terms.other-language")]
    [InlineData("terms 1, SEK\nrow x = 5 SEK, at most 3 SEK, högst 2 SEK\npayout = sum of the rows", "terms.other-language")]
    [InlineData("villkor 1, SEK\nmått bеsparing: SEK, läggs ihop\nrad x = bеsparing\nutbetalning = summan av raderna",
        "terms.name-mixes-scripts")]
    [InlineData("villkor 1, SEK\nrad x\u202E = 1 SEK\nutbetalning = summan av raderna", "terms.character")]
    [InlineData("villkor 1, SEK\nrad x = 1 SEK -- \u202Eabc\nutbetalning = summan av raderna", "terms.character")]
    [InlineData("villkor 1, SEK\nmått rad: SEK, läggs ihop\nutbetalning = 0 SEK", "terms.reserved-word")]
    public void Mixed_languages_and_letters_that_deceive_are_errors(string text, string code) =>
    Assert.Contains(code, Terms.Codes(text));

    [Fact]
    public void Decomposed_letters_are_the_same_name() => Assert.Equal(
        "5.00", Terms.Total(
            "villkor 1, SEK\nma\u030Att bela\u030Ast: SEK, läggs ihop\nrad x = belåst\nutbetalning = summan av raderna",
                "[{\"belåst\":\"5\"}]"));
}
