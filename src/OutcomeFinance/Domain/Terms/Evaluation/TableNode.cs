using Iop.OutcomeFinance.Domain.Terms.Checking;
using Iop.OutcomeFinance.Domain.Terms.Numbers;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Evaluation;

internal sealed record BandPlan(BandStatement Source, Node? Lower, Node? Upper, Node Value);

/// <summary>A table: which band an argument falls in, or how much of it falls in each.</summary>
internal sealed record TablePlan(string Name, TermType Argument, TermType Result, bool Marginal, BandPlan[] Bands)
{
    public int Cost { get; } = Bands.Sum(band => 1 + band.Value.Cost + (band.Lower?.Cost ?? 0) + (band.Upper?.Cost ?? 0));
}

internal sealed class TableNode(Expression source, TermType type, TablePlan table, Node argument) : Node(source, type)
{
    public TablePlan Table => table;

    public Node Argument => argument;

    public override IReadOnlyList<Node> Children { get; } = [argument];

    public override Value Of(Frame frame)
    {
        var value = argument.Of(frame);
        if (value.IsMissing) return value;
        if (!frame.Run.Spend(table.Cost)) return Value.Missing(Run.Exhausted);
        var outside = frame.Argument;
        frame.Argument = value;
        var result = table.Marginal ? Marginal(frame, value.Number) : Level(frame, value);
        frame.Argument = outside;
        return result;
    }

    /// <summary>The band that holds the argument; null when there is none, with the reason.</summary>
    public BandPlan? BandOf(Frame frame, Value value, out Value missing)
    {
        missing = Value.Missing("terms.waits-for-band", table.Name);
        foreach (var band in table.Bands)
        {
            if (table.Argument.Kind == ValueKind.Code)
            {
                if (band.Source.Kind == BandKind.Otherwise || band.Source.Codes.Contains(value.Code, StringComparer.Ordinal))
                    return band;
                continue;
            }

            if (!Within(band.Lower, band.Source.Lower, 1) || !Within(band.Upper, band.Source.Upper, -1)) continue;
            return band;

            bool Within(Node? node, Bound? bound, int sign)
            {
                if (node is null) return true;
                var limit = node.Of(frame);
                if (limit.IsMissing) return false;
                var order = value.Number.CompareTo(limit.Number) * sign;
                return order > 0 || (order == 0 && bound!.Inclusive);
            }
        }

        return null;
    }

    private Value Level(Frame frame, Value value)
    {
        foreach (var band in table.Bands)
        {
            if (FirstMissing(frame, band) is { } missing) return missing;
        }

        if (BandOf(frame, value, out var none) is not { } found) return none;
        frame.Run.Levels?.Reached(this, Array.IndexOf(table.Bands, found));
        return found.Value.Of(frame);
    }

    private Value Marginal(Frame frame, Fraction value)
    {
        var (sum, reached) = (Fraction.Zero, -1);
        foreach (var (at, band) in table.Bands.Index())
        {
            if (FirstMissing(frame, band) is { } missing) return missing;
            var part = PartWithin(frame, band, value);
            if (part.Sign <= 0) continue;
            reached = at;
            var rate = band.Value.Of(frame);
            if (rate.IsMissing) return rate;
            sum += part * rate.Number;
        }

        if (reached >= 0) frame.Run.Levels?.Reached(this, reached);
        return frame.Run.Checked(sum);
    }

    /// <summary>How much of the argument lies within a band; nothing below zero counts.</summary>
    public static Fraction PartWithin(Frame frame, BandPlan band, Fraction value)
    {
        var from = band.Lower is null ? Fraction.Zero : band.Lower.Of(frame).Number;
        var to = band.Upper is null ? value : Fraction.Min(value, band.Upper.Of(frame).Number);
        return to - Fraction.Max(Fraction.Zero, from);
    }

    private static Value? FirstMissing(Frame frame, BandPlan band)
    {
        foreach (var bound in (ReadOnlySpan<Node?>)[band.Lower, band.Upper])
        {
            if (bound is ConstantNode or null) continue;
            var value = bound.Of(frame);
            if (value.IsMissing) return value;
        }

        return null;
    }
}

internal sealed record EntryPlan(string Code, Node Price, int Times, IReadOnlyList<string> Requires);

internal sealed record CardPlan(string Name, bool OnlyHighest, EntryPlan[] Entries)
{
    public int Cost { get; } = Entries.Sum(entry => 1 + entry.Price.Cost);
}

/// <summary>The price of a list of codes: each code as often as it was claimed, at most as often as the card allows.</summary>
internal sealed class CardNode(Expression source, TermType type, CardPlan card, Node codes) : Node(source, type)
{
    public CardPlan Card => card;

    public override IReadOnlyList<Node> Children { get; } = [codes];

    public override Value Of(Frame frame)
    {
        var value = codes.Of(frame);
        if (value.IsMissing) return value;
        var claimed = value.Codes;
        if (!frame.Run.Spend(card.Cost + (long)card.Entries.Length * claimed.Count)) return Value.Missing(Run.Exhausted);
        var (sum, highest) = (Fraction.Zero, Fraction.Zero);
        foreach (var entry in card.Entries)
        {
            var times = Math.Min(entry.Times, TimesOf(entry.Code, claimed));
            if (times == 0 || !entry.Requires.All(code => TimesOf(code, claimed) > 0)) continue;
            var price = entry.Price.Of(frame);
            if (price.IsMissing) return price;
            sum += price.Number * Fraction.Of(times);
            highest = Fraction.Max(highest, price.Number);
        }

        return frame.Run.Checked(card.OnlyHighest ? highest : sum);
    }

    private static int TimesOf(string code, IReadOnlyList<string> claimed)
    {
        var times = 0;
        for (var index = 0; index < claimed.Count; index++)
        {
            if (string.Equals(claimed[index], code, StringComparison.Ordinal)) times++;
        }

        return times;
    }
}
