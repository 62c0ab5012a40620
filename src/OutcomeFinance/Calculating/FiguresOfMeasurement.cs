using System.Globalization;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain.Calculating;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Terms;

namespace Iop.OutcomeFinance.Calculating;

/// <summary>Flat figures of a message, in the shape that the terms read: <c>cohorts/a/observed</c> becomes a map of a
/// map.</summary>
internal static class FiguresOfMeasurement
{
    /// <param name="measurement">What was verified.</param>
    /// <param name="isFinal">Guarantees and tranches are computed here.</param>
    /// <param name="lists">Measures whose value is a list of codes, with commas between them.</param>
    public static PeriodFigures Of(VerifiedMeasurement measurement, bool isFinal, IReadOnlySet<string> lists)
    {
        var values = new Dictionary<string, Figure>(StringComparer.Ordinal);
        foreach (var collection in measurement.Figures.GroupBy(figure => figure.Path.Split('/')[0], StringComparer.Ordinal))
        {
            values[collection.Key] = collection.ToList() switch
            {
                [{ Type: FigureType.Members }] => new FigureMap(new Dictionary<string, Figure>(StringComparer.Ordinal)),
                [{ } only] when !only.Path.Contains('/', StringComparison.Ordinal) => Value(only, lists),
                _ => Map(collection, lists),
            };
        }
        return new PeriodFigures(measurement.PeriodKey, isFinal, values);
    }

    public static IReadOnlySet<string> ListsOf(TermsProgram program) => ReadTerms.MeasuresOf(program)
        .Where(measure => measure.Type == "codes").Select(measure => measure.Path).ToHashSet(StringComparer.Ordinal);

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

    private static FigureMap Map(IEnumerable<VerifiedFigure> figures, IReadOnlySet<string> lists) => new(figures
        .GroupBy(figure => figure.Path.Split('/')[1], StringComparer.Ordinal)
        .ToDictionary(member => member.Key, member => Member(member, lists), StringComparer.Ordinal));

    private static Figure Member(IEnumerable<VerifiedFigure> figures, IReadOnlySet<string> lists)
    {
        var all = figures.ToList();
        return all is [{ } only] && only.Path.Split('/').Length == 2
            ? Value(only, lists)
            : new FigureMap(all.ToDictionary(
                figure => figure.Path.Split('/')[2], figure => Value(figure, lists), StringComparer.Ordinal));
    }

    private static Figure Value(VerifiedFigure figure, IReadOnlySet<string> lists)
    {
        if (figure.Type is FigureType.Boolean) return new FigureYesNo(figure.Value == "true");
        return lists.Contains(MeasureOf(figure))
            ? new FigureList([.. figure.Value.Split(',').Select(code => new FigureText(code.Trim()))])
            : new FigureText(figure.Value);
    }

    private static string MeasureOf(VerifiedFigure figure) => figure.Path.Split('/') switch
    {
        [var collection, _, var field] => $"{collection}/{field}",
        _ => figure.Path,
    };
}
