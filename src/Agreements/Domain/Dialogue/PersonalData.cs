using System.Text.RegularExpressions;

namespace Iop.Agreements.Domain.Dialogue;

/// <summary>Finds what points out a single person, where only roles belong: personal identity numbers, e-mail addresses and
/// telephone numbers.</summary>
public static partial class PersonalData
{
    /// <summary>The code of a field that names somebody.</summary>
    public const string Code = "field.personal-data";

    public static bool IsIn(string? text) =>
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
