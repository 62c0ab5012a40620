using System.Globalization;
using System.Numerics;
using Iop.OutcomeFinance.Domain.Terms.Numbers;

namespace Iop.OutcomeFinance.Domain.Terms.Syntax;

/// <summary>Numbers and dates in a text. Decimal comma in Swedish, decimal point in English, thousands by space only.</summary>
internal sealed class NumberReader(string text, TermsLanguage language, Diagnostics diagnostics)
{
    private readonly char _decimalSign = language == TermsLanguage.Swedish ? ',' : '.';
    private readonly char _foreignSign = language == TermsLanguage.Swedish ? '.' : ',';

    public Token Read(int at, Place place, out int end)
    {
        if (TryDate(at, out var date))
        {
            end = at + 10;
            return new Token(TokenKind.Date, place, text[at..end]) { Date = date };
        }

        end = EndOfWhole(at, place);
        var whole = end;
        var decimals = 0;
        if (SignWithDigit(end, _decimalSign) || SignWithDigit(end, _foreignSign))
        {
            var foreign = text[end] == _foreignSign;
            decimals = DigitsFrom(end + 1);
            end += 1 + decimals;
            var again = false;
            while (SignWithDigit(end, _decimalSign) || SignWithDigit(end, _foreignSign))
            {
                again = true;
                end += 1 + DigitsFrom(end + 1);
            }

            if (foreign || again) Ambiguous(at, end, place);
            else if (decimals == 3 && whole - at <= 3 && text[at] != '0') LooksLikeThousands(at, end, place);
            if (again) decimals = 0;
        }

        return Number(at, whole, decimals, place, end);
    }

    private Token Number(int at, int whole, int decimals, Place place, int end)
    {
        var digits = OnlyDigits(text[at..whole]) + (decimals > 0 ? text.Substring(whole + 1, decimals) : "");
        if (digits.Length > Limits.Digits)
        {
            diagnostics.Error(place, "terms.number-too-long", ("most", Limits.Digits.ToString(CultureInfo.InvariantCulture)));
            (digits, decimals) = ("0", 0);
        }

        var top = BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return new Token(TokenKind.Number, place, text[at..end])
        {
            Number = Fraction.Of(top, BigInteger.Pow(10, decimals)),
            Decimals = decimals,
        };
    }

    /// <summary>Groups of three after a single space belong to the number; any other grouping is an error.</summary>
    private int EndOfWhole(int at, Place place)
    {
        var first = DigitsFrom(at);
        var end = at + first;
        var wrong = false;
        while (IsSpace(end) && char.IsAsciiDigit(At(end + 1)))
        {
            var group = DigitsFrom(end + 1);
            wrong |= group != 3 || first > 3;
            end += 1 + group;
        }

        if (wrong) diagnostics.Error(place, "terms.number-groups", ("number", text[at..end]));
        return end;
    }

    private void Ambiguous(int at, int end, Place place)
    {
        var written = text[at..end];
        var sign = written.LastIndexOfAny([',', '.']);
        var asThousands = Spaced(OnlyDigits(written));
        var asDecimal = Spaced(OnlyDigits(written[..sign])) + _decimalSign + written[(sign + 1)..];
        diagnostics.Error(place, "terms.number-two-readings", ("number", written), ("thousands", asThousands),
            ("decimal", asDecimal));
    }

    private void LooksLikeThousands(int at, int end, Place place)
    {
        var written = text[at..end];
        diagnostics.Warn(place, "terms.number-looks-like-thousands", ("number", written),
            ("thousands", Spaced(OnlyDigits(written))));
    }

    private static string Spaced(string digits)
    {
        var trimmed = digits.TrimStart('0');
        if (trimmed.Length == 0) return "0";
        var start = trimmed.Length % 3 == 0 ? 3 : trimmed.Length % 3;
        var groups = new List<string> { trimmed[..start] };
        for (var index = start; index < trimmed.Length; index += 3) groups.Add(trimmed.Substring(index, 3));
        return string.Join(' ', groups);
    }

    private bool TryDate(int at, out DateOnly date)
    {
        date = default;
        return at + 10 <= text.Length && text[at + 4] == '-' && text[at + 7] == '-' && !char.IsAsciiDigit(At(at + 10))
            && DateOnly.TryParseExact(text.AsSpan(at, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
                out date);
    }

    private char At(int at) => at < text.Length ? text[at] : '\0';

    private bool IsSpace(int at) => At(at) is ' ' or '\u00A0' or '\u202F' or '\u2009';

    private bool SignWithDigit(int at, char sign) => At(at) == sign && char.IsAsciiDigit(At(at + 1));

    private int DigitsFrom(int at)
    {
        var end = at;
        while (char.IsAsciiDigit(At(end))) end++;
        return end - at;
    }

    private static string OnlyDigits(string written) => new([.. written.Where(char.IsAsciiDigit)]);
}
