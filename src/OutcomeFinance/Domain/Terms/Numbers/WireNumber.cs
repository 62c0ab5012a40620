using System.Globalization;
using System.Numerics;

namespace Iop.OutcomeFinance.Domain.Terms.Numbers;

/// <summary>Numbers as they stand on the wire: <c>-1234.50</c>, a point, no thousands separators, no exponent.</summary>
internal static class WireNumber
{
    public static bool TryParse(string? text, out Fraction value)
    {
        value = default;
        if (text is null || text.Length == 0 || text.Length > Limits.Digits + 2) return false;
        var index = text[0] == '-' ? 1 : 0;
        var (digits, decimals, seenPoint) = (0, 0, false);
        Int128 small = 0;
        for (var at = index; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter == '.')
            {
                if (seenPoint || at == index || at == text.Length - 1) return false;
                seenPoint = true;
                continue;
            }

            if (!char.IsAsciiDigit(letter) || ++digits > Limits.Digits) return false;
            small = small * 10 + (letter - '0');
            if (seenPoint) decimals++;
        }

        if (digits == 0) return false;
        if (digits <= SafeDigits) return Small(index == 1 ? -(long)small : (long)small, decimals, out value);
        var top = index == 1 ? -(BigInteger)small : small;
        value = Fraction.Of(top, BigInteger.Pow(10, decimals));
        return true;
    }

    private const int SafeDigits = 18;

    private static bool Small(long digits, int decimals, out Fraction value)
    {
        var bottom = 1L;
        for (var left = decimals; left > 0; left--) bottom *= 10;
        value = Fraction.Of(digits, bottom);
        return true;
    }

    /// <summary>A number for people who compute further: exact decimals, or the fraction rounded to ten decimals.</summary>
    public static string Format(Fraction value, int mostDecimals = 10)
    {
        var scaled = (value * Fraction.Of(BigInteger.Pow(10, mostDecimals), BigInteger.One)).Whole(Rounding.Nearest);
        var sign = scaled.Sign < 0 ? "-" : "";
        var digits = BigInteger.Abs(scaled).ToString(CultureInfo.InvariantCulture).PadLeft(mostDecimals + 1, '0');
        var decimals = digits[^mostDecimals..].TrimEnd('0');
        return decimals.Length == 0 ? sign + digits[..^mostDecimals] : $"{sign}{digits[..^mostDecimals]}.{decimals}";
    }
}
