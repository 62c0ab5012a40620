using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Iop.Verifier;

/// <summary>JSON that can be written in one way only (RFC 8785; whole numbers): so that every byte of a package counts.</summary>
internal static class Canonical
{
    private const int DepthMax = 64;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = DepthMax };

    /// <summary>The content, or null when the bytes are not JSON, or are it in any other form than this one.</summary>
    public static JsonNode? Read(byte[] bytes) =>
        Parse(bytes) is { } node && Write(node) is { } canonical && canonical.AsSpan().SequenceEqual(bytes) ? node : null;

    /// <summary>The content in whatever form, or null.</summary>
    public static JsonNode? Parse(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes, documentOptions: Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Write(JsonNode node)
    {
        var text = new StringBuilder();
        try
        {
            return Write(node, text) ? Encoding.UTF8.GetBytes(text.ToString()) : null;
        }
        catch (InvalidOperationException)
        {
            return null; // a text that is not UTF-8
        }
    }

    private static bool Write(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                return true;
            case JsonObject thing:
                return WriteAll('{', '}', thing.OrderBy(member => member.Key, StringComparer.Ordinal), text, member =>
                {
                    WriteText(member.Key, text);
                    text.Append(':');
                    return Write(member.Value, text);
                });
            case JsonArray list:
                return WriteAll('[', ']', list, text, item => Write(item, text));
            default:
                return WriteValue(node.AsValue(), text);
        }
    }

    private static bool WriteAll<T>(char open, char close, IEnumerable<T> items, StringBuilder text, Func<T, bool> write)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first) text.Append(',');
            first = false;
            if (!write(item)) return false;
        }
        text.Append(close);
        return true;
    }

    private static bool WriteValue(JsonValue value, StringBuilder text)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                WriteText(value.GetValue<string>(), text);
                return true;
            case JsonValueKind.True or JsonValueKind.False:
                text.Append(value.GetValueKind() is JsonValueKind.True ? "true" : "false");
                return true;
            default:
                if (!long.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                    out var number)) return false;
                text.Append(number.ToString(CultureInfo.InvariantCulture));
                return true;
        }
    }

    private static void WriteText(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => text.Append(letter),
            };
        }
        text.Append('"');
    }
}
