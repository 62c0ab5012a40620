using System.Text.Json;
using System.Text.Json.Nodes;

namespace Iop.Web.Terms;

/// <summary>A figure as a person types it, as it travels: 7 500 000 is "7500000", ja is true, a list is JSON.</summary>
internal static class FigureOnTheWire
{
    public static object Of(string typed, string type)
    {
        var text = typed.Trim();
        if (text.StartsWith('[') || text.StartsWith('{')) return Json(text) ?? (object)text;
        if (text.ToLowerInvariant() is "ja" or "yes" or "true") return true;
        if (text.ToLowerInvariant() is "nej" or "no" or "false") return false;
        return type is "date" or "code" or "datum" or "kod" ? text : Number(text);
    }

    /// <summary>Spaces out, a decimal comma to a point, a real minus to a hyphen. What is not a number is left for the service to
    /// refuse.</summary>
    private static string Number(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)))
        .Replace('\u2212', '-').Replace(',', '.').Replace("%", "", StringComparison.Ordinal);

    private static JsonNode? Json(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
