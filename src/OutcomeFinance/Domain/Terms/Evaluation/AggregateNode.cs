using Iop.OutcomeFinance.Domain.Terms.Checking;
using Iop.OutcomeFinance.Domain.Terms.Numbers;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Evaluation;

/// <summary>Which members were read, for explanations: how many there are, never who.</summary>
internal readonly record struct Tally(int Members, int Chosen, Value Result);

/// <summary>One value from the members of a collection.</summary>
internal sealed class AggregateNode(
    Expression source, TermType type, AggregateKind kind, CollectionPlan collection, Node? value, Node? where)
        : Node(source, type)
{
    private readonly Node[] _children = [.. new[] { value, where }.OfType<Node>()];

    private int _steps;

    public AggregateKind Kind => kind;

    public CollectionPlan Collection => collection;

    public override IReadOnlyList<Node> Children => _children;

    public override Value Of(Frame frame) => Count(frame).Result;

    public Tally Count(Frame frame)
    {
        var state = frame.Run.Collections[collection.Index];
        if (!state.Given) return new Tally(0, 0, Missing);
        if (_steps == 0) _steps = collection.Cost + _children.Sum(child => child.Cost);
        if (!frame.Run.Spend((long)_steps * state.Members.Count)) return new Tally(0, 0, Value.Missing(Run.Exhausted));
        var (outside, levels) = (frame.Member, frame.Run.Levels);
        frame.Run.Levels = null; // members have as many levels as there are members
        var tally = Read(frame, state);
        (frame.Member, frame.Run.Levels) = (outside, levels);
        return tally;
    }

    private Value Missing => Value.Missing("terms.waits-for-figure", collection.Name);

    private Tally Read(Frame frame, CollectionState state)
    {
        var (members, chosen, sum, best) = (0, 0, Fraction.Zero, default(Fraction?));
        foreach (var member in state.Members)
        {
            if (frame.IsPeriod && member.LastGiven != frame.Run.PeriodNumber) continue;
            members++;
            frame.Member = frame.IsPeriod ? member.Period : member.Cumulative;
            foreach (var (index, node) in collection.Computed) frame.Member[index] = node.Of(frame);
            if (where is not null)
            {
                var belongs = where.Of(frame);
                if (belongs.IsMissing) return new Tally(members, chosen, belongs);
                if (!belongs.IsYes) continue;
            }

            chosen++;
            if (value is null) continue;
            var one = value.Of(frame);
            if (one.IsMissing) return new Tally(members, chosen, one);
            sum += one.Number;
            if (sum.Bits > Limits.NumberBits) return new Tally(members, chosen, frame.Run.Checked(sum));
            if (kind is not (AggregateKind.Largest or AggregateKind.Smallest)) continue;
            var better = best is { } so && (kind == AggregateKind.Largest ? one.Number <= so : one.Number >= so);
            if (!better) best = one.Number;
        }

        return new Tally(members, chosen, Result(members, chosen, sum, best));
    }

    private Value Result(int members, int chosen, Fraction sum, Fraction? best)
    {
        var none = kind switch
        {
            AggregateKind.Share => members == 0,
            AggregateKind.Average or AggregateKind.Largest or AggregateKind.Smallest => chosen == 0,
            _ => false,
        };
        if (none) return Value.Missing("terms.waits-for-members", collection.Name);
        return kind switch
        {
            AggregateKind.Sum => new Value(sum),
            AggregateKind.Count => new Value(Fraction.Of(chosen)),
            AggregateKind.Share => new Value(Fraction.Of(chosen) / Fraction.Of(members)),
            AggregateKind.Average => new Value(sum / Fraction.Of(chosen)),
            AggregateKind.All => Value.Of(sum == Fraction.Of(chosen)),
            AggregateKind.Any => Value.Of(sum.Sign > 0),
            _ => new Value(best ?? Fraction.Zero),
        };
    }
}
