using System.Globalization;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain.Calculating;
using Iop.OutcomeFinance.Domain.Terms;

namespace Iop.OutcomeFinance.Calculating;

/// <summary>Flat figures of a message, in the shape that the terms read: <c>cohorts/a/observed</c> becomes a map of a
/// map.</summary>
internal static class FiguresOfMeasurement
{
    public static PeriodFigures Of(VerifiedMeasurement measurement, bool isFinal)
    {
        var values = new Dictionary<string, Figure>(StringComparer.Ordinal);
        foreach (var collection in measurement.Figures.GroupBy(figure => figure.Path.Split('/')[0], StringComparer.Ordinal))
        {
            values[collection.Key] = collection.ToList() is [{ } only] && !only.Path.Contains('/', StringComparison.Ordinal)
                ? Value(only) : Map(collection);
        }
        return new PeriodFigures(measurement.PeriodKey, isFinal, values);
    }

    /// <summary>For showing: collections are counted, their keys stay with us.</summary>
    public static IReadOnlyList<FigureRecord> Shown(VerifiedMeasurement measurement) =>
    [
        .. measurement.Figures.GroupBy(figure => figure.Path.Split('/')[0], StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.ToList() is [{ } only] && !only.Path.Contains('/', StringComparison.Ordinal)
                ? new FigureRecord(group.Key, Words.Of(only.Type), only.Value)
                : new FigureRecord(group.Key, "members", Members(group))),
    ];

    private static string Members(IEnumerable<VerifiedFigure> figures) => figures.Select(figure => figure.Path.Split('/')[1])
        .Distinct(StringComparer.Ordinal).Count().ToString(CultureInfo.InvariantCulture);

    private static FigureMap Map(IEnumerable<VerifiedFigure> figures) => new(figures
        .GroupBy(figure => figure.Path.Split('/')[1], StringComparer.Ordinal)
        .ToDictionary(member => member.Key, Member, StringComparer.Ordinal));

    private static Figure Member(IEnumerable<VerifiedFigure> figures)
    {
        var all = figures.ToList();
        return all is [{ } only] && only.Path.Split('/').Length == 2
            ? Value(only)
            : new FigureMap(all.ToDictionary(figure => figure.Path.Split('/')[2], Value, StringComparer.Ordinal));
    }

    private static Figure Value(VerifiedFigure figure) =>
        figure.Type is FigureType.Boolean ? new FigureYesNo(figure.Value == "true") : new FigureText(figure.Value);
}
