using System.Text.RegularExpressions;

namespace Iop.FollowUp.Domain;

/// <summary>What people write in their own words about their work together: of roles and of what happened, not of single
/// persons.</summary>
internal static partial class FreeText
{
    /// <summary>The code of a field that points out a single person.</summary>
    public const string PersonalData = "field.personal-data";

    /// <summary>Whether a personal identity number (personnummer), an e-mail address or a mobile number stands in it.</summary>
    public static bool PointsOutAPerson(string? text) =>
        text is not null && (IdentityNumber().IsMatch(text) || Address().IsMatch(text) || Telephone().IsMatch(text));

    // Ten or twelve digits that begin with a date: also the coordination numbers, whose day is sixty more.
    [GeneratedRegex(@"(?<!\d)(19|20)?\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01]|[67]\d|8\d|9[01])[-+ ]?\d{4}(?!\d)",
        RegexOptions.ExplicitCapture, 200)]
    private static partial Regex IdentityNumber();

    [GeneratedRegex(@"[^\s@]@[^\s@]+\.\w", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<!\d)(\+46|0)[ -]?7\d([ -]?\d){7}(?!\d)", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Telephone();
}
