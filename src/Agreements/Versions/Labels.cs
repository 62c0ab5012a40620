using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Iop.Agreements.Domain.Comparing;

namespace Iop.Agreements.Versions;

/// <summary>Parts, fields and values of a version's content as people read them; what has no word yet is written as it
/// stands.</summary>
internal sealed class Labels(Func<string, string> say, params ReadOnlySpan<JsonObject> contents)
{
    private static readonly CultureInfo Swedish = CultureInfo.GetCultureInfo("sv-SE");
    private static readonly string[] Titles = ["name", "title", "text", "description"];
    private const int NameMax = 80;

    private readonly Dictionary<string, string> _names = NamesIn(contents);

    public string Part(string part) => Said($"label.part.{part}") ?? Apart(part);

    public string Field(string part, string field) =>
        Said($"label.field.{part}.{field}") ?? Said($"label.field.{field}") ?? Apart(field);

    /// <summary>What an item is called: a section by its name, a party by its own, others by what they say first.</summary>
    public string? Item(string part, JsonObject item)
    {
        if (Text(item["key"]) is { } key) return Said($"section.{key}") ?? key;
        if (part is "contributions" or "signing" && Text(item["partyId"]) is { } party) return _names.GetValueOrDefault(party);
        var name = Titles.Select(title => Text(item[title])).FirstOrDefault(text => text is not null);
        return name is { Length: > NameMax } ? $"{name[..NameMax]}…" : name;
    }

    /// <summary>A value as people read it; null for what tells them nothing.</summary>
    public string? Value(Place place, JsonNode? value) => value switch
    {
        null => null,
        JsonArray list => Lines(place, list),
        JsonObject thing => OneLine(place, thing),
        _ => Plain(place.Field, value.AsValue()),
    };

    private string? Plain(string field, JsonValue value)
    {
        if (value.GetValueKind() is JsonValueKind.True) return say("label.yes");
        if (value.GetValueKind() is JsonValueKind.False) return say("label.no");
        if (value.GetValueKind() is JsonValueKind.Number && value.TryGetValue<long>(out var number))
            return field.StartsWith("ore", StringComparison.Ordinal)
                ? $"{(number / 100m).ToString(number % 100 == 0 ? "N0" : "N2", Swedish)} kr"
                : number.ToString("N0", Swedish);
        var text = value.ToString();
        // An id is shown by the name of what it is the id of, or not at all.
        if (Guid.TryParse(text, out _)) return _names.GetValueOrDefault(text);
        var kebab = JsonNamingPolicy.KebabCaseLower.ConvertName(text);
        if (field is "area" or "targetAge") return Said($"history.value.agreement.{field}.{text}") ?? text;
        if (field is "adjustedSections") return Said($"section.{text}") ?? text;
        return field is "kind"
            ? Said($"contribution.{kebab}") ?? Said($"label.value.kind.{kebab}") ?? text
            : text.Length <= NameMax && !text.Contains(' ', StringComparison.Ordinal)
            ? Said($"label.value.{field}.{kebab}") ?? text : text;
    }

    private string Lines(Place place, JsonArray list) => string.Join('\n', list.Select(item => Value(place, item))
        .Where(line => !string.IsNullOrEmpty(line)));

    private string OneLine(Place place, JsonObject thing) => string.Join("; ", thing
        .Select(member => (member.Key, Text: Value(place with { Field = member.Key }, member.Value)))
        .Where(member => !string.IsNullOrEmpty(member.Text))
        .Select(member => $"{Field(place.Part, member.Key)}: {member.Text}"));

    private string? Said(string code) => say(code) is { } text && text != code ? text : null;

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    /// <summary>noticeMonths as "notice months".</summary>
    private static string Apart(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter)) text.Append(' ');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }

    /// <summary>Everything in the contents that has an id and a name.</summary>
    private static Dictionary<string, string> NamesIn(ReadOnlySpan<JsonObject> contents)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var content in contents)
        {
            foreach (var (part, list) in content)
            {
                if (list is not JsonArray items) continue;
                var things = items.OfType<JsonObject>().ToList();
                if (ContentDifference.KeyOf(part, things) is not { } key) continue;
                foreach (var thing in things)
                {
                    if (Text(thing[key]) is { } id && Titles.Select(title => Text(thing[title]))
                        .FirstOrDefault(text => text is not null) is { } name) names.TryAdd(id, name);
                }
            }
        }
        return names;
    }
}
