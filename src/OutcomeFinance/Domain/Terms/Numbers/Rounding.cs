using System.Numerics;

namespace Iop.OutcomeFinance.Domain.Terms.Numbers;

/// <summary>The three ways to round. Nearest is half away from zero, as invoices are rounded.</summary>
internal enum Rounding
{
    Nearest,
    Up,
    Down,
}

internal static class RoundingRules
{
    private static readonly Fraction MinorUnits = Fraction.Hundred;

    /// <summary>The nearest multiple of a step. Up is towards plus infinity, down towards minus infinity.</summary>
    public static Fraction RoundTo(this Fraction value, Fraction step, Rounding way) =>
        Fraction.Of((value / step).Whole(way), BigInteger.One) * step;

    /// <summary>An amount in the currency's main unit as whole hundredths, half away from zero.</summary>
    public static BigInteger ToMinor(this Fraction amount) => (amount * MinorUnits).Whole(Rounding.Nearest);

    /// <summary>The same, for amounts that stay within 64 bits all the way: they are nearly all.</summary>
    public static bool TryToMinor(this Fraction amount, out long minor)
    {
        minor = 0;
        if (!amount.TrySmall(out var top, out var bottom) || top is > long.MaxValue / 100 or < -long.MaxValue / 100) return false;
        minor = bottom == 1 ? top * 100 : Whole(top * 100, bottom, Rounding.Nearest);
        return true;
    }

    /// <summary>Of a number that is known to fit in 64 bits.</summary>
    public static long WholeLong(this Fraction value, Rounding way) =>
        value.TrySmall(out var top, out var bottom) ? Whole(top, bottom, way) : (long)value.Whole(way);

    private static long Whole(long top, long bottom, Rounding way)
    {
        var (whole, rest) = Math.DivRem(top, bottom);
        if (rest < 0) (whole, rest) = (whole - 1, rest + bottom);
        return way switch
        {
            Rounding.Down => whole,
            Rounding.Up => rest == 0 ? whole : whole + 1,
            _ => rest > bottom - rest || (rest == bottom - rest && top > 0) ? whole + 1 : whole,
        };
    }

    public static BigInteger Whole(this Fraction value, Rounding way)
    {
        if (value.IsWhole) return value.Top;
        if (value.TrySmall(out var small, out var divisor)) return Whole(small, divisor, way);
        var (top, bottom) = (value.Top, value.Bottom);
        if (way == Rounding.Nearest)
        {
            var half = (BigInteger.Abs(top) * 2 + bottom) / (bottom * 2);
            return top.Sign < 0 ? -half : half;
        }

        var floor = (top - (top.Sign < 0 ? bottom - 1 : BigInteger.Zero)) / bottom;
        return way == Rounding.Down ? floor : floor + 1;
    }
}
