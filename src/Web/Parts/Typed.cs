namespace Iop.Web.Parts;

/// <summary>Numbers as people type them, as they travel: 1 450 000,50 kr is 1450000.50. What is no number is left for the service
/// to refuse.</summary>
internal static class Typed
{
    public static string? Amount(string? text) => text is null
        ? null
        : string.Concat(text.Replace("kr", "", StringComparison.OrdinalIgnoreCase).Where(letter => !char.IsWhiteSpace(letter)))
            .Replace('\u2212', '-').Replace(',', '.');
}
