using System.Text.RegularExpressions;

namespace Iop.Agreements.Domain.Dialogue;

/// <summary>Finds what points out a single person, where only roles belong: personal identity numbers, e-mail addresses and
/// telephone numbers.</summary>
public static partial class PersonalData
{
    /// <summary>The code of a field that names somebody.</summary>
    public const string Code = "field.personal-data";

    public static bool IsIn(string? text) =>
        text is not null && (IdentityNumber().Matches(text).Any(one => !IsDayAndTime(one.Value))
            || Address().IsMatch(text) || Telephone().IsMatch(text));

    // A day and a time of day without colon (20260115 1400), unless the last digit checks the others as a personnummer's does.
    private static bool IsDayAndTime(string found)
    {
        if (!DayAndTime().IsMatch(found)) return false;
        var digits = found.Where(char.IsAsciiDigit).Skip(2).Select((digit, place) => (digit - '0') * (2 - (place % 2)));
        return digits.Sum(one => (one / 10) + (one % 10)) % 10 != 0;
    }

    [GeneratedRegex(@"^(19|20)\d{6} ([01]\d|2[0-3])[0-5]\d$", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex DayAndTime();

    // Ten or twelve digits that begin with a date: also the coordination numbers, whose day is sixty more;
    // between them any dash or space there is.
    [GeneratedRegex(@"(?<!\d)(19|20)?\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01]|[67]\d|8\d|9[01])[-+ \u00A0\u2010-\u2015\u2212]?\d{4}(?!\d)",
        RegexOptions.ExplicitCapture, 200)]
    private static partial Regex IdentityNumber();

    [GeneratedRegex(@"[^\s@]@[^\s@]+\.\w", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<!\d)(\+46|0)[- \u00A0\u2010-\u2015\u2212]?7\d([- \u00A0\u2010-\u2015\u2212]?\d){7}(?!\d)", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Telephone();
}
