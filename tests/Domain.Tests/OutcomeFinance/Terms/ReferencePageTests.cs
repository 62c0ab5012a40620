using System.Text.RegularExpressions;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.Domain.Tests.OutcomeFinance.Terms;

/// <summary>The reference page is what others write contracts from: every example on it is run.</summary>
public sealed partial class ReferencePageTests
{
    private static readonly string Page = Resources.Read("terms-language.md");

    public static TheoryData<string, string> Examples()
    {
        var data = new TheoryData<string, string>();
        foreach (Match match in Example().Matches(Page)) data.Add(match.Groups[1].Value, match.Groups[2].Value);
        return data;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_pays_what_the_page_says(string text, string cases)
    {
        var program = Terms.Program(text);
        foreach (var line in cases.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (figures, expected) = line.Split('→') is [var left, var right]
                ? (left.Trim(), right.Trim()) : throw new FormatException(line);
            var json = "[" + Regex.Replace(figures, @"\} +\{", "},{") + "]";
            var result = Terms.Evaluate(program, Terms.Periods(json));
            var parts = expected.Split(';', StringSplitOptions.TrimEntries);
            Assert.Equal(parts[0], string.Join(" ", result.Periods.Select(period => period.Due.ToDecimalString())));
            foreach (var part in parts.Skip(1)) Assert.Equal(part, Said(part.Split(' ')[0], result));
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_has_nothing_to_warn_about(string text, string cases)
    {
        Assert.NotEmpty(cases);
        Assert.Equal([], TermsText.Check(text).Diagnostics.Where(one => one.Severity >= Severity.Warning).Select(Terms.Said));
    }

    [Fact]
    public void Every_example_on_the_page_is_run_and_every_mechanism_has_an_entry()
    {
        Assert.Equal(Page.Split("```terms").Length - 1, Example().Count(Page));
        for (var number = 1; number <= 42; number++) Assert.Contains($"\n### {number}. ", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_word_of_the_language_stands_on_the_page()
    {
        foreach (var (_, swedish, english) in Keywords.Everything)
        {
            Assert.Contains(swedish, Page, StringComparison.Ordinal);
            Assert.Contains(english, Page, StringComparison.Ordinal);
        }
    }

    private static string Said(string what, TermsResult result) => what switch
    {
        "payers" => $"payers {string.Join(' ', result.Payers.Select(one => $"{one.Name} {one.Amount.ToDecimalString()}"))}",
        "payees" => $"payees {string.Join(' ', result.Payees.Select(one => $"{one.Name} {one.Amount.ToDecimalString()}"))}",
        _ => $"after {string.Join(' ', result.AfterLines.Select(one => $"{one.Name} {one.Amount.ToDecimalString()}"))}",
    };

    [GeneratedRegex("```terms\n(.*?)```\n```case\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
