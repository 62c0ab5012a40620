using System.Globalization;
using System.Numerics;
using System.Text;
using Iop.OutcomeFinance.Domain.Terms.Numbers;

namespace Iop.OutcomeFinance.Domain.Terms.Printing;

/// <summary>Numbers for readers: space between thousands, comma or point as the language has it.</summary>
internal static class NumberText
{
    private const int MostDecimals = 6;

    public static string Exact(Fraction number, int decimals, bool grouped, TermsLanguage language)
    {
        var scaled = (number * Fraction.Of(BigInteger.Pow(10, decimals), BigInteger.One)).Whole(Rounding.Nearest);
        var digits = BigInteger.Abs(scaled).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        var whole = digits[..^decimals];
        var text = new StringBuilder(scaled.Sign < 0 ? "−" : "");
        for (var index = 0; index < whole.Length; index++)
        {
            if (grouped && index > 0 && (whole.Length - index) % 3 == 0) text.Append(' ');
            text.Append(whole[index]);
        }

        if (decimals > 0) text.Append(language == TermsLanguage.Swedish ? ',' : '.').Append(digits[^decimals..]);
        return text.ToString();
    }

    /// <summary>As many decimals as there are, at most six; more are shown as "≈".</summary>
    public static string Shown(Fraction number, TermsLanguage language)
    {
        for (var decimals = 0; decimals <= MostDecimals; decimals++)
        {
            if ((number * Fraction.Of(BigInteger.Pow(10, decimals), BigInteger.One)).IsWhole)
                return Exact(number, decimals, true, language);
        }

        return "≈ " + Exact(number, MostDecimals, true, language);
    }
}
