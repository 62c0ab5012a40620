using Iop.OutcomeFinance.Domain.Terms.Checking;
using Iop.OutcomeFinance.Domain.Terms.Numbers;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Evaluation;

internal sealed class NegationNode(Expression source, Node operand, bool logical) : Node(source, operand.Type)
{
    public override IReadOnlyList<Node> Children { get; } = [operand];

    public bool Logical => logical;

    public override Value Of(Frame frame)
    {
        var value = operand.Of(frame);
        if (value.IsMissing) return value;
        return logical ? Value.Of(!value.IsYes) : new Value(-value.Number);
    }
}

internal sealed class ArithmeticNode(Expression source, TermType type, Operator way, Node left, Node right) : Node(source, type)
{
    public override IReadOnlyList<Node> Children { get; } = [left, right];

    public Operator Way => way;

    public override Value Of(Frame frame)
    {
        var first = left.Of(frame);
        if (first.IsMissing) return first;
        var second = right.Of(frame);
        if (second.IsMissing) return second;
        switch (way)
        {
            case Operator.Add:
                return frame.Run.Checked(first.Number + second.Number);
            case Operator.Subtract:
                return frame.Run.Checked(first.Number - second.Number);
            case Operator.Divide when second.Number.IsZero:
                return Value.Missing("terms.division-by-zero", "");
            case Operator.Divide:
                return frame.Run.Checked(first.Number / second.Number);
            default:
                return frame.Run.Checked(first.Number * second.Number);
        }
    }
}

/// <summary>A factor as many times as a whole number says: indexation year on year.</summary>
internal sealed class PowerNode(Expression source, Node factor, Node times) : Node(source, TermType.Ratio)
{
    private const int Most = 1_000;

    public override IReadOnlyList<Node> Children { get; } = [factor, times];

    public override Value Of(Frame frame)
    {
        var value = factor.Of(frame);
        if (value.IsMissing) return value;
        var exponent = times.Of(frame);
        if (exponent.IsMissing) return exponent;
        if (!exponent.Number.IsWhole || exponent.Number.Sign < 0 || exponent.Number > Fraction.Of(Most))
            return Value.Missing("terms.waits-for-power", "");
        if (!frame.Run.Spend((long)exponent.Number.Top)) return Value.Missing(Run.Exhausted);
        var result = Value.Yes;
        for (var left = (int)exponent.Number.Top; left > 0 && !result.IsMissing; left--)
            result = frame.Run.Checked(result.Number * value.Number);
        return result;
    }
}

/// <summary>And, or. What is missing decides nothing as long as the other side decides alone.</summary>
internal sealed class LogicNode(Expression source, Node left, Node right, bool both) : Node(source, TermType.YesNo)
{
    public override IReadOnlyList<Node> Children { get; } = [left, right];

    public override Value Of(Frame frame)
    {
        var first = left.Of(frame);
        if (!first.IsMissing && first.IsYes != both) return first;
        var second = right.Of(frame);
        if (!second.IsMissing && second.IsYes != both) return second;
        return first.IsMissing ? first : second;
    }
}

internal sealed class ComparisonNode(Expression source, Node first, (Comparator Comparator, Node Right)[] rest)
    : Node(source, TermType.YesNo)
{
    public override IReadOnlyList<Node> Children { get; } = [first, .. rest.Select(one => one.Right)];

    public override Value Of(Frame frame)
    {
        var left = first.Of(frame);
        if (left.IsMissing) return left;
        foreach (var (comparator, node) in rest)
        {
            var right = node.Of(frame);
            if (right.IsMissing) return right;
            var holds = first.Type.Kind == ValueKind.Code
                ? string.Equals(left.Code, right.Code, StringComparison.Ordinal) == (comparator == Comparator.Same)
                : Holds(comparator, left.Number.CompareTo(right.Number));
            if (!holds) return Value.No;
            left = right;
        }

        return Value.Yes;
    }

    public static bool Holds(Comparator comparator, int order) => comparator switch
    {
        Comparator.AtLeast => order >= 0,
        Comparator.Above => order > 0,
        Comparator.AtMost => order <= 0,
        Comparator.Below => order < 0,
        Comparator.Same => order == 0,
        _ => order != 0,
    };
}

internal sealed class ContainsNode(Expression source, Node codes, string code) : Node(source, TermType.YesNo)
{
    public override IReadOnlyList<Node> Children { get; } = [codes];

    public override Value Of(Frame frame)
    {
        var value = codes.Of(frame);
        return value.IsMissing ? value : Value.Of(value.Codes.Contains(code, StringComparer.Ordinal));
    }
}

/// <param name="CountsEarlier">A total cap of an amended contract counts what was paid under the earlier terms.</param>
internal sealed record LimitStep(Limit Source, Node Bound, bool CountsEarlier);

/// <summary>A value with its limits, in the order they stand.</summary>
internal sealed class LimitedNode(Expression source, TermType type, Node value, LimitStep[] limits) : Node(source, type)
{
    public Node Inner => value;

    public LimitStep[] Steps => limits;

    public override IReadOnlyList<Node> Children { get; } = [value, .. limits.Select(limit => limit.Bound)];

    public override Value Of(Frame frame)
    {
        var result = value.Of(frame);
        var decided = 0; // the limit that decided last, from 1
        for (var at = 0; at < limits.Length; at++)
        {
            if (result.IsMissing) return result;
            var before = result.Number;
            result = Apply(limits[at], result, frame);
            if (limits[at].Source.Kind is LimitKind.AtLeast or LimitKind.AtMost && result.Number != before) decided = at + 1;
        }

        if (!result.IsMissing) frame.Run.Levels?.Reached(this, decided);
        return result;
    }

    public static Value Apply(LimitStep limit, Value value, Frame frame)
    {
        var bound = limit.Bound.Of(frame);
        if (bound.IsMissing) return bound;
        var most = bound.Number;
        if (limit.CountsEarlier) most = Fraction.Max(Fraction.Zero, most - frame.Run.PaidUnderEarlierTerms);
        return limit.Source.Kind switch
        {
            LimitKind.AtLeast => value.Number >= bound.Number ? value : bound,
            LimitKind.AtMost => value.Number <= most ? value : new Value(most),
            LimitKind.Nearest => new Value(value.Number.RoundTo(bound.Number, Rounding.Nearest)),
            LimitKind.Up => new Value(value.Number.RoundTo(bound.Number, Rounding.Up)),
            _ => new Value(value.Number.RoundTo(bound.Number, Rounding.Down)),
        };
    }
}

internal sealed class ChoiceNode(Expression source, TermType type, (Node Value, Node Condition)[] cases, Node otherwise)
    : Node(source, type)
{
    public (Node Value, Node Condition)[] Cases => cases;

    public Node Otherwise => otherwise;

    public override IReadOnlyList<Node> Children { get; } =
        [.. cases.SelectMany(one => new[] { one.Value, one.Condition }), otherwise];

    public override Value Of(Frame frame)
    {
        for (var at = 0; at < cases.Length; at++)
        {
            var holds = cases[at].Condition.Of(frame);
            if (holds.IsMissing) return holds;
            if (!holds.IsYes) continue;
            frame.Run.Levels?.Reached(this, at);
            return cases[at].Value.Of(frame);
        }

        frame.Run.Levels?.Reached(this, cases.Length);
        return otherwise.Of(frame);
    }
}
