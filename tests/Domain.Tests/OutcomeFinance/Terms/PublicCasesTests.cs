using System.Text.Json;
using Iop.OutcomeFinance.Domain.Terms;

namespace Iop.Domain.Tests.OutcomeFinance.Terms;

/// <summary>Six real contracts with 43 vectors: payment per period, total and split to the hundredth.</summary>
public sealed class PublicCasesTests
{
    private static readonly Dictionary<string, string[]> TextsOf = new(StringComparer.Ordinal)
    {
        ["se-norrkoping"] = ["norrkoping.sv", "norrkoping.en"],
        ["us-denver-jail"] = ["denver.en"],
        ["uk-peterborough"] = ["peterborough.en"],
        ["uk-dwp-if-r1"] = ["dwp-innovation-fund.en"],
        ["us-utah-preschool"] = ["utah-preschool.en"],
        ["uk-ways-to-wellness-a"] = ["ways-to-wellness.en"],
    };

    public static TheoryData<string, string> Vectors()
    {
        var data = new TheoryData<string, string>();
        using var document = JsonDocument.Parse(Resources.Read("outcome-cases.json"));
        foreach (var one in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            foreach (var vector in one.GetProperty("vectors").EnumerateArray())
            {
                foreach (var text in TextsOf[one.GetProperty("id").GetString()!])
                    data.Add(text, vector.GetProperty("id").GetString()!);
            }
        }

        return data;
    }

    public static TheoryData<string> Texts() => [.. TextsOf.Values.SelectMany(texts => texts)];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_is_paid_to_the_hundredth(string text, string id)
    {
        using var document = JsonDocument.Parse(Resources.Read("outcome-cases.json"));
        var vector = document.RootElement.GetProperty("cases").EnumerateArray()
            .SelectMany(one => one.GetProperty("vectors").EnumerateArray())
            .Single(one => one.GetProperty("id").GetString() == id);
        var expected = vector.GetProperty("expected");
        var program = Terms.Program(Resources.Sample(text));
        var result = Terms.Evaluate(program, [.. vector.GetProperty("measurements").EnumerateArray().Select(Terms.Period)]);

        var paid = expected.GetProperty("payment_per_period").EnumerateArray()
            .Select(one => $"{one.GetProperty("period").GetString()}: {one.GetProperty("amount").GetString()}");
        Assert.Equal(paid, result.Periods.Select(period => $"{period.Period}: {period.Due.ToDecimalString()}"));
        Assert.Equal(expected.GetProperty("total").GetString(), result.Total.ToDecimalString());
        Assert.Equal(expected.GetProperty("gross_before_caps_and_deductions").GetString(), result.Gross.ToDecimalString());
        Assert.All(result.Periods, period => Assert.True(period.Complete));
        Assert.Equal(result.Total,
            result.Payers.Aggregate(new Iop.Kernel.Money(0, result.Currency), (sum, payer) => sum + payer.Amount));
        if (expected.TryGetProperty("funder_net_result", out var net))
            Assert.Equal(net.GetString(), result.Funder!.Result.ToDecimalString());
        if (expected.TryGetProperty("payer_split", out var split))
        {
            Assert.Equal(split.EnumerateObject()
                .Select(one => $"{one.Name} {one.Value.GetString()}"),
                result.Payers.Select(one => $"{one.Name} {one.Amount.ToDecimalString()}"));
        }

        if (vector.TryGetProperty("alternatives_that_must_not_be_produced", out var wrong))
        {
            Assert.All(wrong.EnumerateArray(), one =>
                Assert.NotEqual(one.GetString()!.Split(' ')[0], result.Total.ToDecimalString()));
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_case_has_nothing_to_remark_on_but_what_it_says(string text)
    {
        var warnings = TermsText.Check(Resources.Sample(text)).Diagnostics.Where(one => one.Severity == Severity.Warning);
        Assert.Equal([], warnings.Select(Terms.Said));
    }

    [Fact]
    public void Norrköping_in_English_is_what_Norrköping_in_Swedish_is_shown_as()
    {
        var swedish = TermsText.Check(Resources.Sample("norrkoping.sv"));
        var english = TermsText.Check(Resources.Sample("norrkoping.en"));
        Assert.Equal(WithoutComments(english.Canonical!), WithoutComments(swedish.Translated!));
        Assert.Equal(WithoutComments(swedish.Canonical!), WithoutComments(english.Translated!));
        Assert.NotEqual(swedish.Hash, english.Hash);
    }

    private static IEnumerable<string> WithoutComments(string text) =>
        text.Split('\n').Select(line => line.Split("--")[0].TrimEnd()).Where(line => line.Length > 0);
}
