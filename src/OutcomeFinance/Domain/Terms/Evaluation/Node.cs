using Iop.OutcomeFinance.Domain.Terms.Checking;
using Iop.OutcomeFinance.Domain.Terms.Numbers;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Evaluation;

/// <summary>A checked expression that can be computed.</summary>
internal abstract class Node(Expression source, TermType type)
{
    /// <summary>What it was written as, for explanations.</summary>
    public Expression Source => source;

    public TermType Type => type;

    public abstract IReadOnlyList<Node> Children { get; }

    public abstract Value Of(Frame frame);

    /// <summary>Steps of work in one computation, tables and members not counted: they pay for themselves.</summary>
    public int Cost => _cost ??= 1 + Children.Sum(child => child.Cost);

    private int? _cost;
}

internal sealed class ConstantNode(Expression source, TermType type, Value value) : Node(source, type)
{
    public Value Value => value;

    public override IReadOnlyList<Node> Children => [];

    public override Value Of(Frame frame) => value;
}

/// <summary>A measure, a named value or a row.</summary>
internal sealed class SlotNode(Expression source, TermType type, int slot, string name) : Node(source, type)
{
    public int Slot => slot;

    public string Name => name;

    public override IReadOnlyList<Node> Children => [];

    public override Value Of(Frame frame) => frame.Slots[slot];
}

/// <summary>A field of the member at hand.</summary>
internal sealed class FieldNode(Expression source, TermType type, int index, string name) : Node(source, type)
{
    public string Name => name;

    public int Index => index;

    public override IReadOnlyList<Node> Children => [];

    public override Value Of(Frame frame) => frame.Member[index];
}

internal sealed class ArgumentNode(Expression source, TermType type) : Node(source, type)
{
    public override IReadOnlyList<Node> Children => [];

    public override Value Of(Frame frame) => frame.Argument;
}

internal sealed class KnownNode(Expression source, TermType type, Keyword what, int[] rows) : Node(source, type)
{
    public Keyword What => what;

    public int[] Rows => rows;

    public override IReadOnlyList<Node> Children => [];

    public override Value Of(Frame frame) => what switch
    {
        Keyword.PreviouslyPaid => new Value(frame.Run.PreviouslyPaid),
        Keyword.TotalPaid => new Value(frame.Run.TotalPaid),
        Keyword.PaidUnderEarlierTerms => new Value(frame.Run.PaidUnderEarlierTerms),
        Keyword.PeriodNumber => new Value(Fraction.Of(frame.Run.PeriodNumber)),
        Keyword.PeriodYear => YearOf(frame.Run.PeriodKey),
        _ => SumOfRows(frame),
    };

    private Value SumOfRows(Frame frame)
    {
        var sum = Fraction.Zero;
        foreach (var row in rows) sum += frame.Slots[row].Number;
        return frame.Run.Checked(sum);
    }

    private static Value YearOf(string key)
    {
        for (var at = 0; at + 4 <= key.Length; at++)
        {
            var apart = (at == 0 || !char.IsAsciiDigit(key[at - 1])) && (at + 4 == key.Length || !char.IsAsciiDigit(key[at + 4]));
            if (apart && key.AsSpan(at, 4).IndexOfAnyExceptInRange('0', '9') < 0)
                return new Value(Fraction.Of(int.Parse(key.AsSpan(at, 4), null)));
        }

        return Value.Missing("terms.waits-for-year", key);
    }
}

internal sealed class SoFarNode(Expression source, Node inside) : Node(source, inside.Type)
{
    public override IReadOnlyList<Node> Children { get; } = [inside];

    public override Value Of(Frame frame) => inside.Of(frame.Cumulative);
}
