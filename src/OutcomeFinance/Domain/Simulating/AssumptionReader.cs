using System.Globalization;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Domain.Terms.Evaluation;
using Iop.OutcomeFinance.Domain.Terms.Numbers;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Simulating;

/// <summary>Reads an assumption as what the terms say the measure is.</summary>
internal sealed class AssumptionReader(Assumption assumption, string path, FigurePlan measure, Currency currency)
{
    private const int PlacesMost = 6;
    private const long NumberMost = 1_000_000_000_000_000;

    private int _places;
    private Refusal? _refusal;

    /// <summary>Null with the reason, or what to draw from.</summary>
    public static Draw? Read(
        Assumption assumption, string path, FigurePlan measure, Currency currency, out Refusal? refusal)
    {
        var reader = new AssumptionReader(assumption, path, measure, currency);
        var draw = reader.Read();
        refusal = reader._refusal;
        return refusal is null ? draw : null;
    }

    private bool IsNumber =>
        measure.Written.Basic is not (BasicType.YesNo or BasicType.Date or BasicType.Code or BasicType.Codes);

    private Draw? Read()
    {
        switch (assumption.Shape)
        {
            case Shape.Fixed:
                return Certain("value", assumption.Value) is { } figure ? new CertainDraw(figure) : null;
            case Shape.History:
                return History();
            case Shape.Chance when measure.Written.Basic == BasicType.YesNo:
                (_places, var chance) = (2, Number("percent", assumption.Percent, 2));
                if (chance is < 0 or > ChanceDraw.Whole) Refuse("percent", "field.out-of-range", "0–100");
                return new ChanceDraw((int)chance);
            case Shape.Triangular when IsNumber:
                return Triangular();
            case Shape.Normal when IsNumber:
                return Normal();
            default:
                Refuse("shape", "simulation.shape-does-not-fit");
                return null;
        }
    }

    private TriangularDraw Triangular()
    {
        _places = Places(assumption.Low, assumption.Likely, assumption.High);
        var (low, likely, high) = (Number("low", assumption.Low), Number("likely", assumption.Likely),
            Number("high", assumption.High));
        if (low > likely) Refuse("likely", "simulation.out-of-order");
        if (likely > high) Refuse("high", "simulation.out-of-order");
        return new TriangularDraw(_places, Bounded("low", low), likely, high);
    }

    private NormalDraw Normal()
    {
        _places = Places(assumption.Mean, assumption.Deviation, assumption.Low, assumption.High);
        var (mean, deviation) = (Number("mean", assumption.Mean), Number("deviation", assumption.Deviation));
        if (deviation < 0) Refuse("deviation", "figure.negative");
        var low = assumption.Low is null
            ? measure.Properties.MayBeNegative ? -NumberMost : 0 : Bounded("low", Number("low", assumption.Low));
        var high = assumption.High is null ? NumberMost : Number("high", assumption.High);
        if (low > high) Refuse("high", "simulation.out-of-order");
        return new NormalDraw(_places, mean, deviation, low, Math.Max(low, high));
    }

    private HistoryDraw? History()
    {
        var values = assumption.Values ?? [];
        if (values.Count is 0 or > Assumptions.ValuesMax)
            Refuse("values", values.Count == 0 ? "field.required" : "field.too-many", Assumptions.ValuesMax);
        else if (values.Select(value => Certain("values", value)).ToList() is var figures && _refusal is null)
            return new HistoryDraw([.. figures.OfType<Figure>().OrderBy(Rank)]);
        return null;
    }

    /// <summary>A figure as it would be reported, refused as it would be there.</summary>
    private Figure? Certain(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return Refuse(field, "field.required");
        Figure figure = measure.Written.Basic switch
        {
            BasicType.Codes => new FigureList(
                [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Select(code => new FigureText(code))]),
            _ => new FigureText(text),
        };
        if (FigureReader.Read(measure, figure, out _) is { } wrong) return Refuse(field, wrong);
        return IsNumber && WireNumber.TryParse(text, out var exact) ? new FigureNumber { Number = exact } : figure;
    }

    private Fraction Rank(Figure figure) =>
        FigureReader.Read(measure, figure, out var value) is null && !value.HasCodes && measure.Written.Basic != BasicType.Code
            ? value.Number : Fraction.Zero;

    private int Places(params ReadOnlySpan<string?> texts)
    {
        if (measure.Written.Basic == BasicType.Count) return 0;
        var places = 2;
        if (measure.Written.Unit == currency.Code && measure.Written.Per.Count == 0) return places;
        foreach (var text in texts)
            places = Math.Max(places, text is null ? 0 : text.Length - 1 - text.IndexOf('.', StringComparison.Ordinal));
        return Math.Min(places, PlacesMost);
    }

    private long Bounded(string field, long number)
    {
        if (number < 0 && !measure.Properties.MayBeNegative) Refuse(field, "figure.negative");
        return number;
    }

    private long Number(string field, string? text, int? places = null)
    {
        if (string.IsNullOrWhiteSpace(text)) Refuse(field, "field.required");
        else if (!WireNumber.TryParse(text, out var number)) Refuse(field, "figure.number");
        else
        {
            var scaled = number * Fraction.Of(NumberDraw.Scale(places ?? _places));
            if (!scaled.IsWhole) Refuse(field, _places == 0 ? "figure.whole" : "simulation.too-fine");
            else if (scaled.Abs() > Fraction.Of(NumberMost)) Refuse(field, "simulation.too-big");
            else return (long)scaled.Top;
        }

        return 0;
    }

    private Figure? Refuse(string field, string code, object? limit = null)
    {
        var text = limit is null ? null : Convert.ToString(limit, CultureInfo.InvariantCulture);
        _refusal ??= SimulationRefusals.Field($"{path}.{field}", code, text);
        return null;
    }
}
