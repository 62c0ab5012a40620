using System.Globalization;

namespace Iop.Web.Parts;

/// <summary>Numbers as people type them, as they travel: 1 450 000,50 kr is 1450000.50. What is no number is left for the service
/// to refuse.</summary>
internal static class Typed
{
    /// <summary>A day of an address; a field that was left empty comes as nothing, and so does what is no day.</summary>
    public static DateOnly? Day(string? text) => DateOnly.TryParseExact(
        text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static string? Amount(string? text) => text is null
        ? null
        : string.Concat(text.Replace("kr", "", StringComparison.OrdinalIgnoreCase).Where(letter => !char.IsWhiteSpace(letter)))
            .Replace('\u2212', '-').Replace(',', '.');
}
