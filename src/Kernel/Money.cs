using System.Globalization;
using System.Numerics;

namespace Iop.Kernel;

/// <summary>An amount in a currency's hundredths (öre). The only place that rounds or divides money.</summary>
/// <param name="Minor">Hundredths of the currency; may be negative.</param>
/// <param name="Currency">The currency; amounts in different currencies never mix.</param>
public readonly record struct Money(long Minor, Currency Currency) : IComparable<Money>
{
    /// <summary>Nothing, in kronor.</summary>
    public static Money Zero { get; } = new(0, Currency.Sek);

    /// <summary>Whole kronor.</summary>
    public static Money Kronor(long kronor) => new(checked(kronor * 100), Currency.Sek);

    /// <summary>Öre.</summary>
    public static Money Ore(long ore) => new(ore, Currency.Sek);

    public bool IsZero => Minor == 0;

    public bool IsNegative => Minor < 0;

    public static Money operator +(Money left, Money right) => new(checked(left.Minor + right.Same(left).Minor), left.Currency);

    public static Money operator -(Money left, Money right) => new(checked(left.Minor - right.Same(left).Minor), left.Currency);

    public static Money operator -(Money money) => new(checked(-money.Minor), money.Currency);

    public static Money operator *(Money money, long times) => new(checked(money.Minor * times), money.Currency);

    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    public int CompareTo(Money other) => Minor.CompareTo(other.Same(this).Minor);

    /// <summary>Rounds an exact number of hundredths, half away from zero.</summary>
    /// <exception cref="OverflowException">The amount does not fit in 64 bits of hundredths.</exception>
    public static Money FromFraction(BigInteger numerator, BigInteger denominator, Currency currency)
    {
        var (top, bottom) = denominator.Sign < 0 ? (-numerator, -denominator) : (numerator, denominator);
        var whole = BigInteger.DivRem(BigInteger.Abs(top) * 2 + bottom, bottom * 2, out _);
        return new Money((long)(top.Sign < 0 ? -whole : whole), currency);
    }

    /// <summary>Splits by weight. The parts always add up: whole hundredths first, the rest one by one to the largest
    /// remainder, ties in listed order. A negative amount is split as its opposite with the signs turned.</summary>
    /// <exception cref="ArgumentException">No weights, a negative one, or all zero.</exception>
    public IReadOnlyList<Money> SplitBy(params IReadOnlyList<int> weights)
    {
        var sum =
            weights.Sum(weight =>
                weight < 0 ? throw new ArgumentException("A weight is negative.", nameof(weights)) : (long)weight);
        if (sum == 0) throw new ArgumentException("There is no weight to split by.", nameof(weights));
        var whole = BigInteger.Abs(Minor);
        var parts = weights.Select(weight => (long)(whole * weight / sum)).ToArray();
        var remainders = weights.Select(weight => whole * weight % sum).ToArray();
        var rest = (int)((long)whole - parts.Sum());
        foreach (var index in Enumerable.Range(0, parts.Length).OrderByDescending(index => remainders[index]).Take(rest))
            parts[index]++;
        var (sign, currency) = (Math.Sign(Minor), Currency);
        return [.. parts.Select(part => new Money(sign * part, currency))];
    }

    /// <summary>Reads a decimal string such as <c>5400000.00</c>: at most two decimals, no thousands separators.</summary>
    public static bool TryParse(string? text, Currency currency, out Money money)
    {
        money = default;
        if (text is null || text.Length > LongestText) return false;
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var value)) return false;
        var minor = value * 100;
        if (minor != decimal.Truncate(minor) || minor is > long.MaxValue or < long.MinValue) return false;
        money = new Money((long)minor, currency);
        return true;
    }

    /// <summary>The amount as a decimal string with two decimals, as it stands on the wire: <c>-1234.50</c>.</summary>
    public string ToDecimalString() => (Minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>An amount from the wire as people read it, thousands apart: 1 234,50. Anything else stays as it is.</summary>
    public static string AsRead(string text, char decimalMark)
    {
        const NumberStyles amounts = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (text is not [.., '.', _, _] || !decimal.TryParse(text, amounts, CultureInfo.InvariantCulture, out var amount))
            return text;
        var format = amount == decimal.Truncate(amount) ? "#,0" : "#,0.00";
        return amount.ToString(format, CultureInfo.InvariantCulture).Replace(',', '\u00A0').Replace('.', decimalMark);
    }

    public override string ToString() => $"{ToDecimalString()} {Currency}";

    private const int LongestText = 24;

    private Money Same(Money other) => Currency == other.Currency
        ? this
        : throw new InvalidOperationException($"{Currency} and {other.Currency} do not mix.");
}
