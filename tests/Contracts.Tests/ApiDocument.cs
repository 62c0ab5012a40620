using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Iop.Contracts.Tests;

/// <summary>An OpenAPI document, as far as these tests ask.</summary>
internal sealed class ApiDocument(JsonObject document)
{
    private const int NestingMax = 8;
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public string Text => document.ToJsonString(Readable);

    public IEnumerable<Operation> Operations =>
        from path in document["paths"]!.AsObject()
        from verb in path.Value!.AsObject()
        where verb.Key is "get" or "post" or "put" or "delete" or "patch"
        select new Operation(this, new HttpMethod(verb.Key.ToUpperInvariant()), path.Key, verb.Value!.AsObject());

    public static ApiDocument Parse(string text) => new(JsonNode.Parse(text)!.AsObject());

    /// <summary>A value that the schema allows: what must be there and nothing else.</summary>
    public JsonNode? Sample(JsonNode? schema, int depth = 0)
    {
        if (schema is not JsonObject shape || depth > NestingMax) return null;
        if ((string?)shape["$ref"] is { } reference) return Sample(Find(reference), depth + 1);
        foreach (var choice in new[] { "oneOf", "anyOf", "allOf" })
        {
            if (shape[choice] is JsonArray { Count: > 0 } all)
                return Sample(all.FirstOrDefault(one => (string?)one?["type"] != "null"), depth + 1);
        }
        if (shape["enum"] is JsonArray { Count: > 0 } words) return words.First(word => word is not null)!.DeepClone();
        return TypeOf(shape) switch
        {
            "object" => Object(shape, depth),
            "array" => new JsonArray(Sample(shape["items"], depth + 1)),
            "integer" or "number" => 1,
            "boolean" => true,
            _ => Word(shape),
        };
    }

    private JsonObject Object(JsonObject shape, int depth)
    {
        var sample = new JsonObject();
        var required = shape["required"]?.AsArray().Select(name => (string)name!).ToHashSet(StringComparer.Ordinal) ?? [];
        foreach (var (name, inner) in shape["properties"]?.AsObject() ?? [])
        {
            if (required.Contains(name)) sample[name] = Sample(inner, depth + 1);
        }
        return sample;
    }

    private static JsonNode Word(JsonObject shape) => (string?)shape["format"] switch
    {
        "uuid" => Guid.NewGuid().ToString(),
        "date" => "2026-03-02",
        "date-time" => "2026-03-02T09:00:00Z",
        _ => "x",
    };

    private static string? TypeOf(JsonObject shape) => shape["type"] switch
    {
        JsonArray several => (string?)several.FirstOrDefault(one => (string?)one != "null"),
        JsonValue one => (string?)one,
        _ => shape["properties"] is null ? null : "object",
    };

    private JsonNode? Find(string reference) =>
        reference.Split('/').Skip(1).Aggregate((JsonNode?)document, (node, step) => node?[step]);
}

/// <summary>One operation of a document.</summary>
internal sealed record Operation(ApiDocument Document, HttpMethod Method, string Path, JsonObject Description)
{
    public string Name => (string?)Description["operationId"] ?? "";

    public bool IsPublic => Description["security"] is not JsonArray { Count: > 0 };

    public bool NamesAThing => Path.Contains('{', StringComparison.Ordinal);

    /// <summary>A body that can be read; null for an operation without one.</summary>
    public JsonNode? Body => Description["requestBody"]?["content"]?.AsObject() is { Count: > 0 } content
        ? Document.Sample(content.First().Value!["schema"]) ?? new JsonObject()
        : null;

    /// <summary>The path about one thing; other parts of it are filled with what they may be.</summary>
    public string About(Guid thing)
    {
        var path = Path;
        foreach (var parameter in Parameters("path"))
        {
            var name = (string)parameter["name"]!;
            var isFirst = path.IndexOf('{', StringComparison.Ordinal) == path.IndexOf($"{{{name}}}", StringComparison.Ordinal);
            var value = isFirst && IsId(parameter) ? thing.ToString() : IsId(parameter) ? Guid.NewGuid().ToString() : "x";
            path = path.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }
        var asked = Parameters("query").Where(parameter => (bool?)parameter["required"] is true)
            .Select(parameter => $"{(string)parameter["name"]!}={Document.Sample(parameter["schema"])}").ToList();
        return asked.Count == 0 ? path : $"{path}?{string.Join('&', asked)}";
    }

    public override string ToString() => $"{Method} {Path}";

    private IEnumerable<JsonNode> Parameters(string place) =>
        (Description["parameters"]?.AsArray() ?? []).OfType<JsonNode>().Where(parameter => (string?)parameter["in"] == place);

    private static bool IsId(JsonNode parameter) => (string?)parameter["schema"]?["format"] == "uuid";
}
