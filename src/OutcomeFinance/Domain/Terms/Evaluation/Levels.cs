using Iop.OutcomeFinance.Domain.Terms.Printing;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Evaluation;

internal enum LevelKind
{
    Table,
    Limit,
    Gate,
}

/// <summary>A place in the terms where the figures decide which way it goes.</summary>
/// <param name="Row">The row or named value it stands in; null for the payout.</param>
/// <param name="Text">As it is written: the table's name, the limited value, the value that waits for a condition.</param>
/// <param name="Ways">The bands; or "as it is" (empty) and each limit; or each condition and otherwise.</param>
internal sealed record LevelPoint(LevelKind Kind, string? Row, string Text, IReadOnlyList<string> Ways);

/// <summary>Counts how often each band, limit or gate decided, period by period. Those asked for every member of a collection are
/// left out: they have as many answers as there are members.</summary>
internal sealed class Levels
{
    public const int PointsMax = 60;

    private readonly Dictionary<Node, int> _places = [];
    private readonly List<LevelPoint> _points = [];
    private readonly ExpressionPrinter _printer;
    private readonly int[] _reached;
    private readonly int[][] _counts;

    public Levels(ProgramPlan plan, int periods)
    {
        _printer = new ExpressionPrinter(plan.Language);
        foreach (var step in plan.Steps) Find(step.Value, step.Name, plan.Language);
        Find(plan.Payout, null, plan.Language);
        _reached = new int[_points.Count];
        Array.Fill(_reached, -1);
        _counts = [.. _points.Select(point => new int[periods * point.Ways.Count])];
    }

    public IReadOnlyList<LevelPoint> Points => _points;

    /// <summary>In how many evaluations a way was taken in a period.</summary>
    public int Count(int point, int period, int way) => _counts[point][period * _points[point].Ways.Count + way];

    public void Reached(Node node, int way)
    {
        if (_places.TryGetValue(node, out var place)) _reached[place] = way;
    }

    /// <summary>The period is computed; what was reached last is what counts.</summary>
    public void PeriodDone(int period)
    {
        for (var point = 0; point < _reached.Length; point++)
        {
            if (_reached[point] >= 0) _counts[point][period * _points[point].Ways.Count + _reached[point]]++;
            _reached[point] = -1;
        }
    }

    public void Add(Levels other)
    {
        for (var point = 0; point < _counts.Length; point++)
        {
            for (var at = 0; at < _counts[point].Length; at++) _counts[point][at] += other._counts[point][at];
        }
    }

    private void Find(Node node, string? row, TermsLanguage language)
    {
        if (node is AggregateNode || _points.Count == PointsMax) return;
        foreach (var child in node.Children) Find(child, row, language);
        if (_points.Count == PointsMax || _places.ContainsKey(node)) return;
        var point = node switch
        {
            TableNode table => new LevelPoint(LevelKind.Table, row, table.Table.Name,
                [.. table.Table.Bands.Select(band => Band(band.Source, language))]),
            LimitedNode limited when limited.Steps.Any(Decides) => new LevelPoint(LevelKind.Limit, row,
                _printer.Value(limited.Inner.Source), ["", .. limited.Steps.Select(step => _printer.LimitText(step.Source))]),
            ChoiceNode choice => new LevelPoint(LevelKind.Gate, row, _printer.Value(choice.Cases[0].Value.Source),
                [.. choice.Cases.Select(one => _printer.Value(one.Condition.Source)), Keyword.Otherwise.In(language)]),
            _ => null,
        };
        if (point is null) return;
        _places.Add(node, _points.Count);
        _points.Add(point);
    }

    private string Band(BandStatement band, TermsLanguage language) => band.Kind == BandKind.Otherwise
        ? Keyword.Otherwise.In(language) : Printer.BoundsOf(band, _printer);

    private static bool Decides(LimitStep step) => step.Source.Kind is LimitKind.AtLeast or LimitKind.AtMost;
}
