using Iop.OutcomeFinance.Domain.Terms.Evaluation;
using Iop.OutcomeFinance.Domain.Terms.Numbers;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Checking;

/// <summary>The least and the most a value can be; null is without end.</summary>
internal readonly record struct Interval
{
    /// <summary>Bounds of more bits than any amount needs are given up, so that a tower of products costs nothing.</summary>
    private const long MostBits = 512;

    public Interval(Fraction? least, Fraction? most)
    {
        Least = least is { Bits: > MostBits } low ? low.Sign > 0 ? Fraction.Zero : null : least;
        Most = most is { Bits: > MostBits } high ? high.Sign < 0 ? Fraction.Zero : null : most;
    }

    public Fraction? Least { get; }

    public Fraction? Most { get; }

    public static Interval Anything => default;

    public static Interval NotNegative => new(Fraction.Zero, null);

    public static Interval Exactly(Fraction value) => new(value, value);

    public bool MayBeNegative => Least is not { Sign: >= 0 };

    public Interval Or(Interval other) => new(
        Least is { } a && other.Least is { } b ? Fraction.Min(a, b) : null,
        Most is { } c && other.Most is { } d ? Fraction.Max(c, d) : null);

    public Interval AtLeast(Interval bound) =>
        new(Higher(Least, bound.Least), Most is { } most && bound.Most is { } top ? Fraction.Max(most, top) : null);

    public Interval AtMost(Interval bound) =>
        new(Least is { } least && bound.Least is { } low ? Fraction.Min(least, low) : null, Lower(Most, bound.Most));

    public static Interval operator +(Interval left, Interval right) => new(left.Least + right.Least, left.Most + right.Most);

    public static Interval operator -(Interval value) => new(-value.Most, -value.Least);

    public static Interval operator *(Interval left, Interval right)
    {
        if (left == Exactly(Fraction.Zero) || right == Exactly(Fraction.Zero)) return Exactly(Fraction.Zero);
        if (left is { Least: { } a, Most: { } b } && right is { Least: { } c, Most: { } d })
        {
            Fraction[] products = [a * c, a * d, b * c, b * d];
            return new Interval(products.Min(), products.Max());
        }

        return left.MayBeNegative || right.MayBeNegative
            ? Anything : new Interval(left.Least * right.Least, left.Most * right.Most);
    }

    private static Fraction? Higher(Fraction? left, Fraction? right) =>
        left is not { } a ? right : right is { } b ? Fraction.Max(a, b) : a;

    private static Fraction? Lower(Fraction? left, Fraction? right) =>
        left is not { } a ? right : right is { } b ? Fraction.Min(a, b) : a;
}

/// <summary>Interval arithmetic over checked expressions. What it cannot tell, it does not claim.</summary>
internal sealed class Ranges
{
    private readonly Dictionary<int, Interval> _slots = [];
    private readonly Dictionary<TablePlan, Interval> _tables = [];
    private readonly Dictionary<CollectionPlan, Interval[]> _fields = [];
    private Interval _argument;
    private Interval[] _member = [];

    public Ranges(ProgramPlan program)
    {
        foreach (var measure in program.Measures) _slots[measure.Index] = OfFigure(measure);
        foreach (var step in program.Steps) _slots[step.Slot] = Of(step.Value);
    }

    public Interval Of(Node node) => node switch
    {
        _ when node.Type.Kind is not (ValueKind.Quantity or ValueKind.YesNo) => Interval.Anything,
        ConstantNode constant => Interval.Exactly(constant.Value.Number),
        SlotNode slot => _slots.GetValueOrDefault(slot.Slot),
        FieldNode field => field.Index < _member.Length ? _member[field.Index] : Interval.Anything,
        ArgumentNode => _argument,
        KnownNode known => OfKnown(known),
        SoFarNode soFar => Of(soFar.Children[0]),
        NegationNode { Logical: false } negation => -Of(negation.Children[0]),
        ArithmeticNode arithmetic => OfArithmetic(arithmetic),
        PowerNode power => Of(power.Children[0]).MayBeNegative ? Interval.Anything : Interval.NotNegative,
        LimitedNode limited => OfLimited(limited),
        ChoiceNode choice => choice.Cases.Select(one => Of(one.Value)).Aggregate(Of(choice.Otherwise), (so, one) => so.Or(one)),
        AggregateNode aggregate => OfAggregate(aggregate),
        TableNode table => OfTable(table.Table),
        CardNode card => card.Card.Entries.All(entry => !Of(entry.Price).MayBeNegative)
            ? Interval.NotNegative : Interval.Anything,
        _ => new Interval(Fraction.Zero, Fraction.One),
    };

    private static Interval OfFigure(FigurePlan figure) =>
        figure.Properties.MayBeNegative ? Interval.Anything : Interval.NotNegative;

    private Interval OfKnown(KnownNode known) => known.What == Keyword.SumOfRows
        ? known.Rows.Aggregate(Interval.Exactly(Fraction.Zero), (sum, row) => sum + _slots.GetValueOrDefault(row))
        : Interval.NotNegative;

    private Interval OfArithmetic(ArithmeticNode node)
    {
        var (left, right) = (Of(node.Children[0]), Of(node.Children[1]));
        return node.Way switch
        {
            Operator.Add => left + right,
            Operator.Subtract => left + -right,
            Operator.Divide => right is { Least: { Sign: > 0 } least }
                ? left * new Interval(right.Most is { } most ? Fraction.One / most : Fraction.Zero, Fraction.One / least)
                : left.MayBeNegative || right.MayBeNegative ? Interval.Anything : Interval.NotNegative,
            _ => left * right,
        };
    }

    private Interval OfLimited(LimitedNode node)
    {
        var value = Of(node.Inner);
        foreach (var step in node.Steps)
        {
            var bound = Of(step.Bound);
            value = step.Source.Kind switch
            {
                LimitKind.AtLeast => value.AtLeast(bound),
                LimitKind.AtMost => value.AtMost(bound),
                _ => value.MayBeNegative ? Interval.Anything : new Interval(Fraction.Zero, value.Most + bound.Most),
            };
        }

        return value;
    }

    private Interval OfAggregate(AggregateNode node)
    {
        if (node.Kind is AggregateKind.Share or AggregateKind.All or AggregateKind.Any)
            return new Interval(Fraction.Zero, Fraction.One);
        if (node.Kind == AggregateKind.Count) return Interval.NotNegative;
        var outside = _member;
        _member = FieldsOf(node.Collection);
        var one = Of(node.Children[0]);
        _member = outside;
        if (node.Kind != AggregateKind.Sum) return one;
        return one.MayBeNegative ? Interval.Anything : Interval.NotNegative;
    }

    private Interval[] FieldsOf(CollectionPlan collection)
    {
        if (_fields.TryGetValue(collection, out var known)) return known;
        var fields = new Interval[collection.Width];
        foreach (var field in collection.Fields) fields[field.Index] = OfFigure(field);
        var outside = _member;
        _member = fields;
        foreach (var (index, node) in collection.Computed) fields[index] = Of(node);
        _member = outside;
        return _fields[collection] = fields;
    }

    public Interval OfTable(TablePlan table)
    {
        if (_tables.TryGetValue(table, out var known)) return known;
        var outside = _argument;
        Interval? all = null;
        foreach (var band in table.Bands)
        {
            var (low, high) =
                (band.Lower is null ? Interval.Anything : Of(band.Lower),
                    band.Upper is null ? Interval.Anything : Of(band.Upper));
            _argument = new Interval(low.Least, high.Most);
            var one = Of(band.Value);
            all = all is { } so ? so.Or(one) : one;
        }

        _argument = outside;
        var result = all ?? Interval.Anything;
        if (table.Marginal) result = result.MayBeNegative ? Interval.Anything : Interval.NotNegative;
        return _tables[table] = result;
    }
}
