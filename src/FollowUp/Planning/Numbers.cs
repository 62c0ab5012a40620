using System.Globalization;

namespace Iop.FollowUp.Planning;

/// <summary>Numbers on the wire: decimal strings, at most eight decimals, nineteen digits before them.</summary>
internal static class Numbers
{
    private const int LengthMax = 30;
    private const decimal Most = 9_999_999_999_999_999_999m;
    private const int DecimalsMax = 8;

    public static bool IsNone(string? text) => text is null;

    /// <summary>Null when there is none, or it is not a number.</summary>
    public static decimal? Read(string? text)
    {
        if (text is null || text.Length > LengthMax) return null;
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var number) || text.StartsWith('+')) return null;
        return Math.Abs(number) <= Most && number.Scale <= DecimalsMax ? number : null;
    }
}
