using System.Globalization;

namespace Iop.FollowUp.Domain.Participants;

/// <summary>Finds what looks like a personal identity number (personnummer) or coordination number (samordningsnummer). It has no
/// place in any figure, also when its check digit is wrong.</summary>
internal static class PersonalIdentity
{
    private const int ShortDigits = 10;
    private const int LongDigits = 12;
    private const int CoordinationDays = 60;

    public static bool IsIn(string text)
    {
        var digits = new List<char>(LongDigits);
        foreach (var sign in text)
        {
            if (char.IsDigit(sign)) digits.Add((char)('0' + (int)char.GetNumericValue(sign)));
            else if (sign is not ('-' or '+' or ' ' or '\u2013' or '\u2212' or '\u00a0' or '/'))
            {
                if (IsOne(digits)) return true;
                digits.Clear();
            }
        }
        return IsOne(digits);
    }

    private static bool IsOne(List<char> digits) => digits.Count switch
    {
        ShortDigits => IsDay("20" + new string([.. digits[..6]])),
        LongDigits => digits[0] is '1' or '2' && IsDay(new string([.. digits[..8]])),
        _ => false,
    };

    private static bool IsDay(string digits)
    {
        var day = int.Parse(digits[6..], CultureInfo.InvariantCulture);
        if (day > CoordinationDays) day -= CoordinationDays;
        var month = int.Parse(digits[4..6], CultureInfo.InvariantCulture);
        return month is >= 1 and <= 12 && day is >= 1 and <= 31;
    }
}
