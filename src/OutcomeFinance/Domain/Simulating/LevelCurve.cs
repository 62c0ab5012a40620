using System.Globalization;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Domain.Terms.Evaluation;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Simulating;

/// <summary>What the terms pay in all when a measure comes to so much.</summary>
internal readonly record struct CurvePoint(long At, long TotalMinor);

/// <summary>The payment as a function of one measure (resultatkurva), the others held as somebody expects them.</summary>
/// <param name="Expected">Where the measure itself is expected; null when nobody has said.</param>
/// <param name="Points">Evenly spaced: what is drawn.</param>
/// <param name="Turns">Both ends, and where the line changes direction: what is read.</param>
internal sealed record LevelCurve(
    string Measure, long? Expected, IReadOnlyList<CurvePoint> Points, IReadOnlyList<CurvePoint> Turns)
{
    private const int StepsMost = 100;
    private const long Farthest = 1_000_000_000_000;

    /// <summary>One curve for each measure that is a number, in the order of the text. None when the terms need figures that
    /// nobody has said.</summary>
    public static IReadOnlyList<LevelCurve> Of(SimulatedContract contract, IReadOnlyList<PeriodFigures> expected)
    {
        var program = contract.Program;
        var measures = program.Plan.Measures.Where(IsNumber).ToList();
        if (expected.Count == 0 && (program.Plan.Measures.Length > 1 || program.Plan.Collections.Length > 0)) return [];
        var figures = expected.Count > 0 ? expected
            : [new PeriodFigures(contract.Periods[^1].Key, true, new Dictionary<string, Figure>(StringComparer.Ordinal))];
        return [.. measures.Select(measure => Of(contract, figures, measure)).OfType<LevelCurve>()];
    }

    private static LevelCurve? Of(SimulatedContract contract, IReadOnlyList<PeriodFigures> figures, FigurePlan measure)
    {
        var expected = Expectation(figures, measure);
        var most = Most(measure, expected);
        var step = Math.Max(1, most / StepsMost);
        var points = new List<CurvePoint>();
        for (var at = measure.Properties.MayBeNegative ? -most / 2 / step * step : 0; at <= most; at += step)
        {
            var evaluation = TermsText.Evaluate(contract.Program, contract.Request(With(figures, measure, at)));
            if (evaluation.Result is not { } result) return null;
            points.Add(new CurvePoint(at, result.Total.Minor));
        }
        return new LevelCurve(measure.Name, expected, points, Directions(points));
    }

    private static bool IsNumber(FigurePlan measure) => measure.Written.Per.Count == 0
        && measure.Written.Basic is BasicType.Number or BasicType.Count or BasicType.Percent or BasicType.Points
            or BasicType.Quantity;

    /// <summary>A measure that replaces is the same in every period; one that adds up comes to so much in the last one.</summary>
    private static List<PeriodFigures> With(IReadOnlyList<PeriodFigures> figures, FigurePlan measure, long at) =>
    [
        .. figures.Select((one, index) => one with
        {
            Values = new Dictionary<string, Figure>(one.Values, StringComparer.Ordinal)
            {
                [measure.Name] = new FigureText(
                    (measure.AddsUp && index < figures.Count - 1 ? 0 : at).ToString(CultureInfo.InvariantCulture)),
            },
        }),
    ];

    private static long? Expectation(IReadOnlyList<PeriodFigures> figures, FigurePlan measure)
    {
        var given = figures.Select(one => one.Values.GetValueOrDefault(measure.Name)).OfType<FigureText>()
            .Select(one => decimal.TryParse(one.Text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
                && Math.Abs(number) < Farthest ? (long?)Math.Round(number, MidpointRounding.AwayFromZero) : null)
            .OfType<long>().ToList();
        return given.Count == 0 ? null : measure.AddsUp ? given.Sum() : given[^1];
    }

    /// <summary>To twice what is expected, and on to a number that reads well.</summary>
    private static long Most(FigurePlan measure, long? expected)
    {
        var wanted = Math.Abs(expected ?? 0) * 2;
        if (measure.Written.Basic is BasicType.Percent or BasicType.Points && wanted <= 200) return 100;
        if (wanted == 0) return measure.Written.Basic is BasicType.Quantity ? 10_000_000 : 100;
        for (long power = 1; ; power *= 10)
        {
            foreach (var leading in new[] { 1, 2, 5 })
            {
                if (leading * power >= wanted) return leading * power;
            }
        }
    }

    /// <summary>An öre more or less is rounding, not another direction.</summary>
    private static List<CurvePoint> Directions(IReadOnlyList<CurvePoint> points) =>
    [
        .. points.Index().Where(one => one.Index == 0 || one.Index == points.Count - 1
            || Math.Abs((points[one.Index + 1].TotalMinor - one.Item.TotalMinor)
                - (one.Item.TotalMinor - points[one.Index - 1].TotalMinor)) > 2).Select(one => one.Item),
    ];
}
