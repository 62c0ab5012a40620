using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Checking;

/// <summary>Which values may meet, and what comes of it. Null means they may not.</summary>
internal static class TypeRules
{
    /// <summary>The common type of two values that stand for the same thing: compared, limited, chosen between.</summary>
    public static TermType? Common(TermType left, TermType right)
    {
        if (left.IsFaulty || right.IsFaulty) return TermType.Faulty;
        if (left.IsZero && right.IsQuantity) return right;
        if (right.IsZero && left.IsQuantity) return left;
        if (left == right) return left;
        if (!left.IsPlain || !right.IsPlain) return null;
        if (left.Flavour == Flavour.Ratio) return right;
        return right.Flavour == Flavour.Ratio ? left : null;
    }

    public static TermType? Sum(TermType left, TermType right) => (left.Kind, right.Kind) switch
    {
        (ValueKind.Date, ValueKind.Quantity) when right.Dimension == Days => left,
        _ when left.IsPlain && right.IsPlain && (left.Flavour, right.Flavour)
            is (Flavour.Percent or Flavour.Ratio, Flavour.Points) or (Flavour.Points, Flavour.Percent or Flavour.Ratio) =>
            TermType.Percent,
        _ => OfNumbers(Common(left, right)),
    };

    public static TermType? Difference(TermType left, TermType right, bool fromWhole)
    {
        if (left.Kind == ValueKind.Date && right.Kind == ValueKind.Date) return TermType.Of(Days);
        if (left.Kind == ValueKind.Date && right.IsQuantity && right.Dimension == Days) return left;
        if (left.IsPlain && right.IsPlain)
        {
            switch (left.Flavour, right.Flavour)
            {
                case (Flavour.Percent, Flavour.Percent or Flavour.Ratio) or (Flavour.Ratio, Flavour.Percent):
                    return fromWhole ? TermType.Percent : TermType.Points;
                case (Flavour.Percent or Flavour.Ratio, Flavour.Points):
                    return TermType.Percent;
            }
        }

        return OfNumbers(Common(left, right));
    }

    /// <summary>Percentage points meet a price per percentage point, or a plain number; never money directly.</summary>
    public static TermType? Product(TermType left, TermType right)
    {
        if (left.IsFaulty || right.IsFaulty) return TermType.Faulty;
        if (!left.IsQuantity || !right.IsQuantity) return null;
        if (left.IsPlain && right.IsPlain) return Plain(left.Flavour, right.Flavour);
        if (!left.IsPlain && !right.IsPlain) return TermType.Of(left.Dimension.Times(right.Dimension));
        var (plain, other) = left.IsPlain ? (left, right) : (right, left);
        var perPoint = other.Dimension.PowerOf(Units.Point) < 0;
        if (perPoint && plain.Flavour is not (Flavour.Number or Flavour.Zero))
            return TermType.Of(other.Dimension.Times(Dimension.Of(Units.Point)));
        return plain.Flavour == Flavour.Points ? null : other;
    }

    public static TermType? Quotient(TermType left, TermType right)
    {
        if (left.IsFaulty || right.IsFaulty) return TermType.Faulty;
        if (!left.IsQuantity || !right.IsQuantity) return null;
        if (left.IsPlain && right.IsPlain)
        {
            return right.Flavour is Flavour.Number && left.Flavour is Flavour.Percent or Flavour.Points ? left : TermType.Ratio;
        }

        if (right.IsPlain) return right.Flavour == Flavour.Points ? null : left;
        return TermType.Of(left.Dimension.Times(right.Dimension, -1));
    }

    private static Dimension Days { get; } = Dimension.Of(Units.Days);

    private static TermType? OfNumbers(TermType? type) => type is null || type.IsQuantity || type.IsFaulty ? type : null;

    private static TermType Plain(Flavour left, Flavour right)
    {
        if (left == Flavour.Zero || right == Flavour.Zero) return TermType.Zero;
        if (left == Flavour.Points || right == Flavour.Points) return TermType.Points;
        if (left == Flavour.Percent || right == Flavour.Percent) return TermType.Percent;
        return left == Flavour.Number && right == Flavour.Number ? TermType.Number : TermType.Ratio;
    }
}
