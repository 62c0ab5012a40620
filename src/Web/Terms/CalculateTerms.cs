using System.Globalization;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;
using Iop.Web.Texts;

namespace Iop.Web.Terms;

/// <summary>Try a text of terms on figures of one's own (räkna på villkor): nothing is stored.</summary>
internal static class CalculateTerms
{
    private const int PeriodsMax = 12;
    private const int PeriodsAtFirst = 3;

    public static void Map(WebApplication app)
    {
        app.MapGet("/villkor/rakna", Show);
        app.MapPost("/villkor/rakna", Calculate);
    }

    private static async Task<IResult> Show(
        string? exempel, TermsApi terms, Visitor visitor, Words words, CancellationToken cancel)
    {
        var sample = TermsSamples.Find(exempel, words.Language);
        var check = await terms.Check(sample.Text, cancel);
        if (check.Problem is { IsSignedOut: true } signedOut) return signedOut.AsPage(visitor);
        return Page.Of<TermsCalculator>(new { sample.Text, Check = check.Value, check.Problem, Figures = sample.Figures });
    }

    private static async Task<IResult> Calculate(Filled form, TermsApi terms, Visitor visitor, CancellationToken cancel)
    {
        var text = (form["text"] ?? "").ReplaceLineEndings("\n");
        var check = await terms.Check(text, cancel);
        if (check.Problem is { IsSignedOut: true } signedOut) return signedOut.AsPage(visitor);
        var figures = FiguresOf(form, check.Value?.Measures ?? []);
        var wantsResult = form["do"] != "check" && check.Value is { Ok: true };
        var result = wantsResult ? await terms.Evaluate(text, ToMeasurements(figures, check.Value!.Measures), cancel) : null;
        return Page.Of<TermsCalculator>(new
        {
            Text = text, Check = check.Value, Problem = check.Problem ?? result?.Problem, Figures = figures,
            Result = result?.Value,
        });
    }

    /// <summary>What was typed, period by period; one more empty period if asked for.</summary>
    private static List<PeriodFigures> FiguresOf(Filled form, IReadOnlyList<Measure> measures)
    {
        var count = int.TryParse(form["periods"], NumberStyles.None, CultureInfo.InvariantCulture, out var typed)
            ? typed
            : PeriodsAtFirst;
        if (form["do"] == "add") count++;
        return [.. Enumerable.Range(0, Math.Clamp(count, 1, PeriodsMax)).Select(at => new PeriodFigures(
            form.Text(PeriodFigures.KeyField(at)) ?? (at + 1).ToString(CultureInfo.InvariantCulture),
            measures.Select(measure => KeyValuePair.Create(measure.Name, form.Text(PeriodFigures.Field(at, measure.Name))))
                .Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair =>
                    pair.Value!, StringComparer.Ordinal)))];
    }

    private static List<Measurement> ToMeasurements(IReadOnlyList<PeriodFigures> figures, IReadOnlyList<Measure> measures)
    {
        var kinds = measures.ToDictionary(measure => measure.Name, measure => measure.Type, StringComparer.Ordinal);
        var filled = figures.Where(period => period.Values.Count > 0).ToList();
        return [.. filled.Select((period, at) => new Measurement(
            period.Period, at == filled.Count - 1,
            period.Values.ToDictionary(value => value.Key, value =>
                FigureOnTheWire.Of(value.Value, kinds[value.Key]), StringComparer.Ordinal)))];
    }
}

/// <summary>One period's figures as typed.</summary>
public sealed record PeriodFigures(string Period, IReadOnlyDictionary<string, string> Values)
{
    public static string KeyField(int at) => string.Create(CultureInfo.InvariantCulture, $"period-{at}");

    public static string Field(int at, string measure) => string.Create(CultureInfo.InvariantCulture, $"figure-{at}-{measure}");
}
