using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Iop.Registry.Importing;

namespace Iop.Registry.OpenData;

/// <summary>A table that is open to everybody, and where it is.</summary>
internal sealed record Table(string Name, string Address, string AsJson, IReadOnlyList<string> Columns);

internal static class Tables
{
    public static IReadOnlyList<Table> All { get; } =
    [
        new("entries", "/registry/v1/entries/csv", "/registry/v1/entries", EntryColumns.All),
        new("parties", "/registry/v1/entries/parties/csv", "/registry/v1/entries/parties", PartyColumns.All),
        new("statistics", "/registry/v1/statistics/csv", "/registry/v1/statistics",
            ["as-of", "figure", "figure-name", "key", "key-name", "part", "part-name", "count", "of", "value", "base",
                "left-out"]),
    ];
}

/// <summary>The catalogue as statements (subject, predicate, object), written in either of two ways.</summary>
internal sealed class Catalogue
{
    private static readonly (string Prefix, string Address)[] Prefixes =
    [
        ("dcat", "http://www.w3.org/ns/dcat#"), ("dcterms", "http://purl.org/dc/terms/"), ("foaf", "http://xmlns.com/foaf/0.1/"),
        ("vcard", "http://www.w3.org/2006/vcard/ns#"), ("xsd", "http://www.w3.org/2001/XMLSchema#"),
        ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ];

    private const string Licence = "http://creativecommons.org/publicdomain/zero/1.0/";
    private const string Eu = "http://publications.europa.eu/resource/authority/";

    private readonly List<(string Subject, string Predicate, Value Value)> _said = [];
    private readonly Func<string, string, string> _text;

    public Catalogue(
        string host, string publisher, string? publisherAddress, string mailbox, Func<string, string, string> text)
    {
        _text = text;
        var (catalogue, agent, contact, service) =
            ($"{host}/registry/v1/catalog", publisherAddress ?? $"{host}/#publisher", $"{host}/registry/v1/catalog#contact",
                $"{host}/registry/v1/catalog#api");
        Say(agent, "rdf:type", "foaf:Agent").Words(agent, "foaf:name", publisher);
        Say(contact, "rdf:type", "vcard:Organization").Words(contact, "vcard:fn", publisher)
            .Link(contact, "vcard:hasEmail", $"mailto:{mailbox}");
        Say(catalogue, "rdf:type", "dcat:Catalog").Both(catalogue, "dcterms:title", "catalog.title")
            .Both(catalogue, "dcterms:description", "catalog.description").Link(catalogue, "dcterms:publisher", agent)
            .Link(catalogue, "dcterms:license", Licence).Link(catalogue, "foaf:homepage", $"{host}/register")
            .Link(catalogue, "dcterms:language", Eu + "language/SWE").Link(catalogue, "dcterms:language", Eu + "language/ENG")
            .Link(catalogue, "dcat:service", service);
        foreach (var table in Tables.All)
        {
            var data = $"{host}/registry/v1/catalog#{table.Name}";
            Link(catalogue, "dcat:dataset", data).Say(data, "rdf:type", "dcat:Dataset")
                .Both(data, "dcterms:title", $"catalog.{table.Name}")
                .Both(data, "dcterms:description", $"catalog.{table.Name}.description")
                .Link(data, "dcterms:publisher", agent).Link(data, "dcat:contactPoint", contact)
                .Link(data, "dcterms:accessRights", Eu + "access-right/PUBLIC").Link(data, "dcat:theme", Eu + "data-theme/GOVE")
                .Link(data, "dcat:theme", Eu + "data-theme/SOCI")
                .Link(data, "dcterms:spatial", "http://sws.geonames.org/2661886/")
                .Link(data, "dcterms:accrualPeriodicity", Eu + "frequency/CONT");
            Distribution(host, data, table.Name + "-csv", table.Address, "CSV", $"{host}/registry/v1/schemas/{table.Name}");
            Distribution(host, data, table.Name + "-json", table.AsJson, "JSON", $"{host}/registry/v1/openapi/sv.json");
            Link(service, "dcat:servesDataset", data);
        }
        Say(service, "rdf:type", "dcat:DataService").Both(service, "dcterms:title", "catalog.api")
            .Link(service, "dcat:endpointURL", $"{host}/registry/v1")
            .Link(service, "dcat:endpointDescription", $"{host}/registry/v1/openapi/sv.json")
            .Link(service, "dcterms:publisher", agent).Link(service, "dcat:contactPoint", contact)
            .Link(service, "dcterms:license", Licence);
    }

    public string AsTurtle()
    {
        var text = new StringBuilder();
        foreach (var (prefix, address) in Prefixes)
            text.Append(CultureInfo.InvariantCulture, $"@prefix {prefix}: <{address}> .\n");
        foreach (var subject in _said.GroupBy(one => one.Subject, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"\n<{subject.Key}>\n  ")
                .AppendJoin(" ;\n  ", subject.Select(one => $"{one.Predicate} {one.Value.InTurtle()}")).Append(" .\n");
        return text.ToString();
    }

    public string AsJsonLd()
    {
        var context = new JsonObject();
        foreach (var (prefix, address) in Prefixes) context[prefix] = address;
        var graph = new JsonArray();
        foreach (var subject in _said.GroupBy(one => one.Subject, StringComparer.Ordinal))
        {
            var node = new JsonObject { ["@id"] = subject.Key };
            foreach (var predicate in subject.GroupBy(one => one.Predicate, StringComparer.Ordinal))
                node[predicate.Key == "rdf:type" ? "@type" : predicate.Key] = predicate.Key == "rdf:type"
                    ? predicate.First().Value.Text : new JsonArray([.. predicate.Select(one => one.Value.InJson())]);
            graph.Add(node);
        }
        return new JsonObject { ["@context"] = context, ["@graph"] = graph }.ToJsonString(Readable);
    }

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private void Distribution(string host, string data, string name, string address, string type, string schema)
    {
        var it = $"{host}/registry/v1/catalog#{name}";
        Link(data, "dcat:distribution", it).Say(it, "rdf:type", "dcat:Distribution")
            .Link(it, "dcat:accessURL", host + address).Link(it, "dcat:downloadURL", host + address)
            .Link(it, "dcterms:format", Eu + "file-type/" + type).Link(it, "dcterms:license", Licence)
            .Link(it, "dcterms:conformsTo", schema);
    }

    private Catalogue Say(string subject, string predicate, string term) => Add(subject, predicate, new Value(term, null, false));

    private Catalogue Link(string subject, string predicate, string address) =>
        Add(subject, predicate, new Value(address, null, true));

    private Catalogue Words(string subject, string predicate, string words) =>
        Add(subject, predicate, new Value(words, "", false));

    private Catalogue Both(string subject, string predicate, string key) =>
        Add(subject, predicate, new Value(_text("sv", key), "sv", false))
            .Add(subject, predicate, new Value(_text("en", key), "en", false));

    private Catalogue Add(string subject, string predicate, Value value)
    {
        _said.Add((subject, predicate, value));
        return this;
    }

    /// <summary>A word of a vocabulary, an address, or words in a language.</summary>
    private sealed record Value(string Text, string? Language, bool IsAddress)
    {
        public string InTurtle() => IsAddress ? $"<{Text}>" : Language is null ? Text
            : JsonSerializer.Serialize(Text, Readable) + (Language.Length > 0 ? $"@{Language}" : "");

        public JsonNode InJson() => IsAddress ? new JsonObject { ["@id"] = Text } : Language is { Length: > 0 } language
            ? new JsonObject { ["@value"] = Text, ["@language"] = language } : JsonValue.Create(Text);
    }
}
