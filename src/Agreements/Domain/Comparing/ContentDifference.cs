using System.Text.Json.Nodes;
using Iop.Kernel;

namespace Iop.Agreements.Domain.Comparing;

/// <summary>What happened to one of the items.</summary>
public enum Change
{
    Removed,
    Added,
    Changed,
}

/// <summary>A part of the content that differs: the sections, the contributions, the frame …</summary>
public sealed record PartDifference(string Part, IReadOnlyList<ItemDifference> Items);

/// <summary>One of its items: a section, a contribution; the key is null for a part that is one thing.</summary>
public sealed record ItemDifference(string? Key, JsonObject Item, Change Change, IReadOnlyList<FieldDifference> Fields);

public sealed record FieldDifference(string Field, IReadOnlyList<WordByWord.Stretch> Words);

/// <summary>Where a value stands, so that it can be written for people.</summary>
public sealed record Place(string Part, string Field);

/// <summary>What differs between two contents of an agreement (versions, or a draft), by structure: whatever parts the content
/// has, known here or not.</summary>
public static class ContentDifference
{
    /// <param name="before">The earlier content, by part.</param>
    /// <param name="after">The later one.</param>
    /// <param name="write">A value as people read it; null for one that tells them nothing, such as an id.</param>
    public static IReadOnlyList<PartDifference> Between(JsonObject before, JsonObject after,
        Func<Place, JsonNode?, string?> write) =>
    [
        .. Names(before, after).Select(part => new PartDifference(part, Items(part, before[part], after[part], write)))
            .Where(part => part.Items.Count > 0),
    ];

    /// <summary>By what the items of a list are told apart: the id named as the list is, else one that no two items share; null
    /// when there is none.</summary>
    public static string? KeyOf(string part, IReadOnlyList<JsonObject> items)
    {
        if (items.Count == 0) return null;
        if (IsKey("key", items)) return "key";
        var ids = items[0].Select(member => member.Key)
            .Where(name => name.EndsWith("Id", StringComparison.Ordinal) && name.Length > 3).ToList();
        // "parties" are told apart by partyId, "contributions" by contributionId: but for the ending, the names agree.
        return ids.Find(id => part.Contains(id[..^3], StringComparison.OrdinalIgnoreCase) && IsKey(id, items))
            ?? ids.Find(id => IsKey(id, items));
    }

    private static bool IsKey(string name, IReadOnlyList<JsonObject> items)
    {
        var values = items.Select(item => item[name] is JsonValue value ? value.ToJsonString() : null).ToList();
        return values.TrueForAll(value => value is not null)
            && values.Distinct(StringComparer.Ordinal).Count() == values.Count;
    }

    private static IReadOnlyList<ItemDifference> Items(
        string part, JsonNode? before, JsonNode? after, Func<Place, JsonNode?, string?> write)
    {
        if (JsonNode.DeepEquals(before, after)) return [];
        if (before is JsonArray or null && after is JsonArray or null && AreObjects(before) && AreObjects(after))
            return Listed(part, Objects(before), Objects(after), write);
        var (old, now) = (AsObject(part, before), AsObject(part, after));
        var fields = Fields(part, old, now, null, write);
        return fields.Count == 0 ? [] : [new ItemDifference(null, now, Change.Changed, fields)];
    }

    private static List<ItemDifference> Listed(
        string part, List<JsonObject> before, List<JsonObject> after, Func<Place, JsonNode?, string?> write)
    {
        var name = KeyOf(part, before.Count > 0 ? before : after);
        if (before.Count > 0 && after.Count > 0 && KeyOf(part, after) != name) name = null;
        string Key(JsonObject item) => (name is null ? item : item[name]!).ToJsonString();
        var (old, now) = (before.DistinctBy(Key, StringComparer.Ordinal).ToDictionary(Key, StringComparer.Ordinal),
            after.Select(Key).ToHashSet(StringComparer.Ordinal));
        var differences = new List<ItemDifference>();
        foreach (var item in after)
        {
            if (!old.TryGetValue(Key(item), out var earlier)) differences.Add(Whole(part, item, Change.Added, name, write));
            else if (Fields(part, earlier, item, name, write) is { Count: > 0 } fields)
                differences.Add(new ItemDifference(Said(item, name), item, Change.Changed, fields));
        }
        differences.AddRange(before.Where(item => !now.Contains(Key(item)))
            .Select(item => Whole(part, item, Change.Removed, name, write)));
        return differences;
    }

    private static ItemDifference Whole(
        string part, JsonObject item, Change change, string? key, Func<Place, JsonNode?, string?> write) =>
        new(Said(item, key), item, change,
            change is Change.Added ? Fields(part, [], item, key, write) : Fields(part, item, [], key, write));

    private static List<FieldDifference> Fields(
        string part, JsonObject before, JsonObject after, string? key, Func<Place, JsonNode?, string?> write)
    {
        var fields = new List<FieldDifference>();
        foreach (var name in Names(before, after).Where(name => name != key))
        {
            if (JsonNode.DeepEquals(before[name], after[name])) continue;
            var (old, now) = (write(new(part, name), before[name]) ?? "", write(new(part, name), after[name]) ?? "");
            if (old != now) fields.Add(new FieldDifference(name, WordByWord.Between(old, now)));
        }
        return fields;
    }

    private static string? Said(JsonObject item, string? key) =>
        key is not null && item[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static IEnumerable<string> Names(JsonObject before, JsonObject after) => after.Select(member => member.Key)
        .Concat(before.Select(member => member.Key)).Distinct(StringComparer.Ordinal);

    private static bool AreObjects(JsonNode? node) => node is null || node.AsArray().All(item => item is JsonObject);

    private static List<JsonObject> Objects(JsonNode? node) =>
        node is null ? [] : [.. node.AsArray().Select(item => item!.AsObject())];

    private static JsonObject AsObject(string part, JsonNode? node) => node switch
    {
        null => [],
        JsonObject thing => thing,
        _ => new JsonObject { [part] = node.DeepClone() },
    };
}
