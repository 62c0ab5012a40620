using System.Globalization;
using System.Text.Json;
using Iop.OutcomeFinance.Domain.Terms;

namespace Iop.Domain.Tests.OutcomeFinance.Terms;

/// <summary>Short ways for tests to say a text, its figures and what it is worth.</summary>
internal static class Terms
{
    public static TermsProgram Program(string text)
    {
        var check = TermsText.Check(text);
        Assert.True(check.Ok, string.Join("\n", check.Diagnostics.Select(Said)));
        return check.Program!;
    }

    public static string Said(Diagnostic one) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{one.Line}:{one.Column} {one.Severity} {one.Code} {string.Join(", ", one.Arguments.Select(argument => $"{argument.Key}={argument.Value}"))}");

    /// <summary>The codes of what the check says, the gravest first.</summary>
    public static IReadOnlyList<string> Codes(string text, Severity least = Severity.Warning) =>
        [.. TermsText.Check(text).Diagnostics.Where(one => one.Severity >= least).Select(one => one.Code)];

    /// <summary>Periods named 1, 2, 3 … unless the JSON says otherwise.</summary>
    public static IReadOnlyList<PeriodFigures> Periods(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select((element, at) => Period(element, at))];
    }

    public static TermsResult Evaluate(TermsProgram program, IReadOnlyList<PeriodFigures> measurements, bool trace = false)
    {
        var evaluation = TermsText.Evaluate(program, new EvaluationRequest(measurements) { Trace = trace });
        Assert.True(evaluation.Problem is null, $"{evaluation.Problem?.Code} {evaluation.Problem?.Path}");
        return evaluation.Result!;
    }

    public static TermsResult Evaluate(string text, string json) => Evaluate(Program(text), Periods(json));

    public static string Total(string text, string json) => Evaluate(text, json).Total.ToDecimalString();

    public static string Dues(string text, string json) =>
        string.Join(" ", Evaluate(text, json).Periods.Select(period => period.Due.ToDecimalString()));

    public static PeriodFigures Period(JsonElement element, int at)
    {
        var key = element.TryGetProperty("period", out var named)
            ? named.GetString()! : (at + 1).ToString(CultureInfo.InvariantCulture);
        var final = element.TryGetProperty("final", out var last) && last.GetBoolean();
        var values = element.EnumerateObject().Where(one => one.Name is not ("period" or "final"))
            .ToDictionary(one => one.Name.TrimStart('+'), one => Figure(one.Value), StringComparer.Ordinal);
        return new PeriodFigures(key, final, values);
    }

    private static Figure Figure(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => new FigureText(element.GetString()!),
        JsonValueKind.Number => new FigureText(element.GetRawText()),
        JsonValueKind.True or JsonValueKind.False => new FigureYesNo(element.GetBoolean()),
        JsonValueKind.Array => new FigureList([.. element.EnumerateArray().Select(Figure)]),
        JsonValueKind.Object =>
            new FigureMap(element.EnumerateObject()
                .ToDictionary(one => one.Name, one => Figure(one.Value), StringComparer.Ordinal)),
        _ => new FigureNothing(),
    };
}
