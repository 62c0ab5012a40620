using System.Globalization;
using System.Numerics;

namespace Iop.OutcomeFinance.Domain.Publishing;

/// <summary>Decides what of a contract's results may be published (röjandekontroll). A record is a group in a period, or the
/// contract as a whole in a period; it is shown whole or not at all, so that no field of it gives another away.
/// <list type="bullet">
/// <item>A record with a count under five is withheld, and one whose count differs by less than five from what was published of
/// it before: the difference would be a small count.</item>
/// <item>One withheld record in a line gives itself away to whoever knows the sum: the smallest other one goes with it, among the
/// groups of a period and among the periods of a group, unless it is out already.</item>
/// <item>The whole is withheld with any of its groups, and the groups with the whole where the whole is small.</item>
/// <item>Totals are of shown groups only. An amount is shown only when nothing before it is withheld.</item>
/// </list></summary>
internal sealed class Suppression
{
    /// <summary>Counts below it are withheld.</summary>
    public const int Least = 5;

    private readonly List<Record> _records;
    private readonly Dictionary<(string Period, string Collection, string Group, string Measure), IReadOnlyList<string>> _said;

    private Suppression(IReadOnlyList<SheetFigure> figures, IReadOnlyList<SaidCount> said)
    {
        _said = said.ToDictionary(one => (one.Period, one.Collection, one.Group, one.Measure), one => one.Values);
        _records = [.. figures.GroupBy(figure => (figure.Period, figure.Collection, figure.Group)).Select(RecordOf)];
    }

    /// <param name="periods">In the contract's order.</param>
    /// <param name="figures">All that is verified.</param>
    /// <param name="amounts">What each period comes to; none where even the amounts are of single persons.</param>
    /// <param name="earlier">What was published last.</param>
    public static Publication Of(
        IReadOnlyList<string> periods, IReadOnlyList<SheetFigure> figures, IReadOnlyList<SheetAmount> amounts,
        Publication earlier)
    {
        var suppression = new Suppression(figures, earlier.Said);
        suppression.Withhold();
        return suppression.Publish(periods, amounts, earlier);
    }

    private Record RecordOf(IGrouping<(string Period, string Collection, string Group), SheetFigure> figures)
    {
        var counts = figures.Where(figure => figure.Kind is FigureKind.Count)
            .Select(figure => (figure.Measure, Value: Number(figure.Value))).ToList();
        var isOut = counts.Count > 0 && counts.TrueForAll(count =>
            Said(figures.Key, count.Measure).Contains(Text(count.Value), StringComparer.Ordinal));
        var isSmall = counts.Exists(count => count.Value < Least
            || Said(figures.Key, count.Measure).Any(said => IsNear(count.Value, Number(said))));
        return new Record(figures.Key, [.. figures], counts.Count > 0 ? counts.Max(count => count.Value) : null)
        {
            IsSmall = isSmall, IsOut = isOut, IsWithheld = isSmall,
        };
    }

    /// <summary>Until nothing follows from anything any more.</summary>
    private void Withhold()
    {
        bool more;
        do
        {
            more = false;
            foreach (var period in _records.GroupBy(record => record.Key.Period, StringComparer.Ordinal))
            {
                var whole = period.FirstOrDefault(record => record.IsWhole);
                foreach (var record in whole is { IsSmall: true } ? period.ToList() : []) more |= Take(record);
                if (whole is not null && period.Any(record => !record.IsWhole && record.IsWithheld)) more |= Take(whole);
                foreach (var groups in period.Where(record => !record.IsWhole)
                    .GroupBy(record => record.Key.Collection, StringComparer.Ordinal)) more |= Accompany(groups);
            }
            foreach (var group in _records.GroupBy(record => (record.Key.Collection, record.Key.Group))) more |= Accompany(group);
        }
        while (more);
    }

    private static bool Take(Record record)
    {
        if (record.IsWithheld) return false;
        record.IsWithheld = true;
        return true;
    }

    private static bool Accompany(IEnumerable<Record> line)
    {
        var counted = line.Where(record => record.Size is not null).ToList();
        if (counted.Count(record => record.IsWithheld) != 1) return false;
        var other = counted.Where(record => !record.IsWithheld && !record.IsOut).MinBy(record => record.Size);
        return other is not null && Take(other);
    }

    private Publication Publish(
        IReadOnlyList<string> periods, IReadOnlyList<SheetAmount> amounts, Publication earlier) => new(
        [.. _records.SelectMany(record => record.Figures.Select(figure => new PublishedFigure(
            figure.Period, figure.Collection, figure.Group, figure.Measure, figure.Kind,
            record.Shows(figure) ? figure.Value : null)))],
        [.. _records.Where(record => !record.IsWhole).GroupBy(record => (record.Key.Period, record.Key.Collection))
            .SelectMany(TotalsOf)],
        [.. amounts.Select(amount => new PublishedAmount(amount.Period, IsClear(periods, amount.Period) ? amount.Amount : null))],
        SaidNow(earlier));

    private static IEnumerable<PublishedTotal> TotalsOf(IGrouping<(string Period, string Collection), Record> groups) =>
        from measure in groups.SelectMany(record => record.Figures).Where(figure => figure.Kind is FigureKind.Count)
            .Select(figure => figure.Measure).Distinct(StringComparer.Ordinal)
        let shown = groups.Where(record => !record.IsWithheld).SelectMany(record => record.Figures)
            .Where(figure => figure.Measure == measure).ToList()
        where shown.Count > 0
        select new PublishedTotal(groups.Key.Period, groups.Key.Collection, measure,
            Text(shown.Aggregate(BigInteger.Zero, (sum, figure) => sum + Number(figure.Value))),
            groups.Count(record => record.IsWithheld));

    /// <summary>Dues are computed on all periods so far.</summary>
    private bool IsClear(IReadOnlyList<string> periods, string until)
    {
        foreach (var period in periods)
        {
            if (_records.Exists(record => record.Key.Period == period && record.IsWithheld)) return false;
            if (period == until) return true;
        }
        return false;
    }

    private List<SaidCount> SaidNow(Publication earlier)
    {
        var said = earlier.Said.ToDictionary(
            one => (one.Period, one.Collection, one.Group, one.Measure), one => one.Values);
        foreach (var figure in _records.Where(record => !record.IsWithheld).SelectMany(record => record.Figures)
            .Where(figure => figure.Kind is FigureKind.Count))
        {
            var cell = (figure.Period, figure.Collection, figure.Group, figure.Measure);
            said[cell] = [.. said.GetValueOrDefault(cell, []).Append(Text(Number(figure.Value)))
                .Distinct(StringComparer.Ordinal)];
        }
        return [.. said.Select(one => new SaidCount(
            one.Key.Period, one.Key.Collection, one.Key.Group, one.Key.Measure, one.Value))];
    }

    private IReadOnlyList<string> Said((string Period, string Collection, string Group) key, string measure) =>
        _said.GetValueOrDefault((key.Period, key.Collection, key.Group, measure), []);

    private static bool IsNear(BigInteger count, BigInteger said) => count != said && BigInteger.Abs(count - said) < Least;

    /// <summary>Counts are whole; a point and noughts after it say nothing.</summary>
    private static BigInteger Number(string value) =>
        BigInteger.Parse(value.Split('.')[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static string Text(BigInteger number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Record(
        (string Period, string Collection, string Group) Key, IReadOnlyList<SheetFigure> Figures, BigInteger? Size)
    {
        public bool IsWhole => Key.Collection.Length == 0;

        /// <summary>A count of it is small, or differs by a small one from what is out.</summary>
        public required bool IsSmall { get; init; }

        /// <summary>Published before, as it is.</summary>
        public required bool IsOut { get; init; }

        public required bool IsWithheld { get; set; }

        /// <summary>A ratio of a group is shown beside the group's size, or not at all.</summary>
        public bool Shows(SheetFigure figure) =>
            !IsWithheld && (figure.Kind is not FigureKind.Ratio || IsWhole || Size is not null);
    }
}
