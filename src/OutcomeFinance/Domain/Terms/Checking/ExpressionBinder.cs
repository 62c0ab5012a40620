using Iop.OutcomeFinance.Domain.Terms.Evaluation;
using Iop.OutcomeFinance.Domain.Terms.Numbers;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Checking;

/// <summary>Where an expression stands, which decides what it may read.</summary>
internal sealed record Standing
{
    /// <summary>Set while binding when something was read that only rows per period may read.</summary>
    public bool PeriodOnly { get; set; }

    /// <summary>How deep tables lead into tables.</summary>
    public int TableDepth { get; set; }

    /// <summary>The slots of the rows read.</summary>
    public HashSet<int> Rows { get; } = [];

    public bool IsPayout { get; init; }

    public bool IsAfterRow { get; init; }
}

/// <summary>From what was written to what can be computed: resolves names and checks types.</summary>
internal sealed partial class ExpressionBinder(
    Scope scope, UnitTable units, string currency, TermsLanguage language, Diagnostics diagnostics)
{
    private static readonly Fraction PointsInWhole = Fraction.Hundred;

    private Standing _standing = new();

    /// <summary>The slots of all rows so far, for "the sum of the rows".</summary>
    public List<int> RowSlots { get; } = [];

    public TermType Money { get; } = TermType.Unit(currency);

    public (Node Node, Standing Standing) Bind(Expression expression, Standing? standing = null)
    {
        _standing = standing ?? new Standing();
        return (Node(expression), _standing);
    }

    /// <summary>Binds and insists on a type.</summary>
    public (Node Node, Standing Standing) Bind(Expression expression, TermType wanted, Standing? standing = null)
    {
        var (node, result) = Bind(expression, standing);
        Insist(node, wanted);
        return (node, result);
    }

    public void Insist(Node node, TermType wanted)
    {
        if (TypeRules.Common(node.Type, wanted) is null)
        {
            diagnostics.Error(node.Source.At, "terms.wrong-type", ("found", node.Type.In(language)),
                ("wanted", wanted.In(language)));
        }
    }

    public TermType TypeOf(TypeName type) => type.Basic switch
    {
        BasicType.Number => TermType.Number,
        BasicType.Percent => TermType.Percent,
        BasicType.Points => TermType.Points,
        BasicType.YesNo => TermType.YesNo,
        BasicType.Date => TermType.Date,
        BasicType.Code => TermType.Code,
        BasicType.Codes => TermType.Codes,
        _ => UnitType(type.Unit!, type.Per, type.At),
    };

    private TermType UnitType(string unit, IReadOnlyList<string> per, Place at)
    {
        var dimension = unit is Units.Percent or Units.Point ? Dimension.None : Dimension.Of(units.Resolve(unit, at));
        foreach (var below in per) dimension = dimension.Times(Dimension.Of(units.Resolve(below, at)), -1);
        return TermType.Of(dimension);
    }

    private Node Node(Expression expression) => expression switch
    {
        Quantity quantity => Constant(quantity),
        YesNo yesNo => new ConstantNode(yesNo, TermType.YesNo, Value.Of(yesNo.Yes)),
        DateValue date => new ConstantNode(date, TermType.Date, new Value(Fraction.Of(date.Date.DayNumber))),
        CodeValue code => new ConstantNode(code, TermType.Code, Value.Of(code.Code)),
        NameOf name => Named(name),
        Known known => KnownValue(known),
        Negation negation => Negated(negation),
        Operation operation => Operated(operation),
        Comparison comparison => Compared(comparison),
        Limited limited => Bounded(limited),
        Choice choice => Chosen(choice),
        Aggregate aggregate => Aggregated(aggregate),
        Lookup lookup => LookedUp(lookup),
        SoFar soFar => Cumulative(soFar),
        _ => throw new InvalidOperationException(expression.GetType().Name),
    };

    private static ConstantNode Faulty(Expression source) => new(source, TermType.Faulty, Value.Zero);

    private ConstantNode Refuse(Expression source, string code, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        diagnostics.Error(source.At, code, arguments);
        return Faulty(source);
    }

    private ConstantNode Constant(Quantity quantity)
    {
        var number = quantity.Number;
        if (quantity.Unit is Units.Percent or Units.Point) number /= PointsInWhole;
        foreach (var per in quantity.Per.Where(per => per == Units.Point)) number *= PointsInWhole;
        var type = quantity.Unit switch
        {
            null when number.IsZero => TermType.Zero,
            null => TermType.Number,
            Units.Percent when quantity.Per.Count == 0 => TermType.Percent,
            Units.Point when quantity.Per.Count == 0 => TermType.Points,
            var unit => UnitType(unit, quantity.Per, quantity.At),
        };
        return new ConstantNode(quantity, type, new Value(number));
    }

    private Node Named(NameOf name)
    {
        if (scope.Parameter is { } parameter && parameter.Name == name.Name) return new ArgumentNode(name, parameter.Type);
        switch (scope.Find(name.Name, name.At))
        {
            case FieldSymbol field:
                _standing.PeriodOnly |= field.PeriodOnly;
                return new FieldNode(name, field.Type, field.Index, field.Name);
            case ValueSymbol value:
                _standing.PeriodOnly |= value.PeriodOnly;
                if (value.IsRow) _standing.Rows.Add(value.Slot);
                return new SlotNode(name, value.Type, value.Slot, value.Name);
            case null:
                return Faulty(name);
            case CollectionSymbol:
                return Refuse(name, "terms.collection-as-value", ("name", name.Name));
            default:
                return Refuse(name, "terms.table-as-value", ("name", name.Name));
        }
    }

    private Node KnownValue(Known known)
    {
        switch (known.What)
        {
            case Keyword.SumOfRows:
                if (!_standing.IsPayout && !_standing.IsAfterRow && RowSlots.Count == 0)
                    return Refuse(known, "terms.no-rows-yet");
                foreach (var slot in RowSlots) _standing.Rows.Add(slot);
                return new KnownNode(known, Money, known.What, [.. RowSlots]);
            case Keyword.TotalPaid when !_standing.IsAfterRow:
                return Refuse(known, "terms.only-in-after-rows", ("word", known.What.In(language)));
            case Keyword.PreviouslyPaid or Keyword.PeriodNumber or Keyword.PeriodYear:
                _standing.PeriodOnly = true;
                break;
        }

        return new KnownNode(known, known.What is Keyword.PeriodNumber
            or Keyword.PeriodYear ? TermType.Number : Money, known.What, []);
    }

    private Node Negated(Negation negation)
    {
        var operand = Node(negation.Operand);
        if (negation.Logical) Insist(operand, TermType.YesNo);
        else if (!operand.Type.IsQuantity && !operand.Type.IsFaulty) return Mismatch(negation, operand, operand, "−");
        return new NegationNode(negation, operand, negation.Logical);
    }

    private Node Operated(Operation operation)
    {
        var left = Node(operation.Left);
        var right = Node(operation.Right);
        switch (operation.Operator)
        {
            case Operator.And or Operator.Or:
                Insist(left, TermType.YesNo);
                Insist(right, TermType.YesNo);
                return new LogicNode(operation, left, right, both: operation.Operator == Operator.And);
            case Operator.Contains:
                Insist(left, TermType.Codes);
                return right is ConstantNode { Type.Kind: ValueKind.Code } code
                    ? new ContainsNode(operation, left, code.Value.Code)
                    : Refuse(operation.Right, "terms.code-wanted");
            case Operator.Power:
                if (!left.Type.IsFaulty && (!left.Type.IsPlain || left.Type.Flavour == Flavour.Points))
                    Insist(left, TermType.Number);
                Insist(right, TermType.Number);
                return new PowerNode(operation, left, right);
            case Operator.Of when left.Type is { IsFaulty: false }
            and not { IsPlain: true, Flavour: Flavour.Percent or Flavour.Ratio or Flavour.Number }:
                return Refuse(operation, "terms.of-needs-percent", ("found", left.Type.In(language)));
        }

        var type = operation.Operator switch
        {
            Operator.Add => TypeRules.Sum(left.Type, right.Type),
            Operator.Subtract => TypeRules.Difference(left.Type, right.Type, IsWhole(operation.Left)),
            Operator.Divide => TypeRules.Quotient(left.Type, right.Type),
            _ => TypeRules.Product(left.Type, right.Type),
        };
        if (type is null) return Mismatch(operation, left, right, SignOf(operation.Operator));
        if (operation.Operator == Operator.Divide && right is ConstantNode { Value.Number.IsZero: true, Type.IsFaulty: false })
        {
            return Refuse(operation.Right, "terms.division-by-nought");
        }

        return new ArithmeticNode(operation, type, operation.Operator, left, right);
    }

    private ConstantNode Mismatch(Expression source, Node left, Node right, string sign)
    {
        var (first, second) = (left.Type, right.Type);
        if (first.IsPlain && second.IsPlain && (first.Flavour == Flavour.Number || second.Flavour == Flavour.Number))
        {
            return Refuse(source, "terms.percent-meets-number", ("left", first.In(language)), ("right", second.In(language)),
                ("sign", sign));
        }

        if (sign is "×" && (first.IsPlain || second.IsPlain) && first.IsQuantity && second.IsQuantity)
            return Refuse(source, "terms.points-times");
        return Refuse(source, "terms.units-differ", ("left", first.In(language)), ("right", second.In(language)), ("sign", sign));
    }

    private static bool IsWhole(Expression expression) =>
        expression is Quantity { Unit: Units.Percent } whole && whole.Number == Fraction.Hundred;

    private static string SignOf(Operator way) => way switch
    {
        Operator.Add => "+",
        Operator.Subtract => "−",
        Operator.Divide => "/",
        _ => "×",
    };
}
