using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Iop.Kernel;
using Iop.Registry.Domain;

namespace Iop.Registry.Importing;

/// <summary>What does not fit in a plain cell, so that what is taken out can be brought in again with nothing lost: lists parted
/// by
/// a bar, and parties, resources and documents whole (JSON). Where these stand, they go before the plain cells.</summary>
internal static class WholeCells
{
    public static IReadOnlyList<string> Columns { get; } =
    [
        "national", "more_places", "secondary_areas", "secondary_ages", "tags", "public_mandate", "policy_basis", "policy_text",
        "complements", "initiator", "responsible_function", "responsible_mailbox", "classified_on_text", "parties", "resources",
        "documents", "follows", "grew_out_of",
    ];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    public static IEnumerable<string> Of(Entry entry) =>
    [
        entry.National ? "ja" : "nej", List(entry.MorePlaces), List(entry.SecondaryAreas), List(entry.SecondaryAges),
        List(entry.Tags), entry.PublicMandate ?? "", entry.PolicyBasis ?? "", entry.PolicyText ?? "", entry.Complements ?? "",
        entry.Initiator ?? "", entry.ResponsibleFunction ?? "", entry.ResponsibleMailbox ?? "", entry.ClassifiedOnText ?? "",
        Whole(Parties(entry)), Whole(Resources(entry)),
        Whole(entry.Documents.OrderBy(one => one.Number).Select(one => new DocumentWords(one.Kind, one.Title, one.Address))),
        $"{entry.FollowsEntryId?.Value}", $"{entry.GrewOutOfEntryId?.Value}",
    ];

    /// <summary>The words with what these cells add to them.</summary>
    public static EntryWords Added(EntryWords words, Func<string, string?> cell, List<string> faults)
    {
        var documents = Read<DocumentWords>("documents", cell, faults);
        var additions = new AdditionWords(Listed(cell("secondary_areas")), Listed(cell("secondary_ages")), Listed(cell("tags")),
            cell("public_mandate"), cell("policy_basis"), cell("policy_text"), cell("complements"), cell("initiator"),
            cell("responsible_function"), cell("responsible_mailbox"), cell("classified_on_text"), Link("follows"),
            Link("grew_out_of"), documents);
        return words with
        {
            National = EntryColumns.IsYes(cell("national")), MorePlaces = Listed(cell("more_places")),
            Parties = Read<PartyWords>("parties", cell, faults) ?? words.Parties,
            Resources = Read<ResourceWords>("resources", cell, faults) ?? words.Resources,
            Additions = additions == new AdditionWords() ? null : additions,
        };

        Guid? Link(string column)
        {
            if (cell(column) is not { } text) return null;
            if (Guid.TryParse(text, out var id)) return id;
            faults.Add($"{column}: import.unreadable");
            return null;
        }
    }

    private static IReadOnlyList<PartyWords> Parties(Entry entry) =>
    [
        .. entry.Agreements.OrderBy(agreement => agreement.StartsOn).SelectMany(agreement => agreement.Parties)
            .DistinctBy(party => (party.OrganisationId, party.UnitName)).OrderBy(party => party.Name, StringComparer.Ordinal)
            .ThenBy(party => party.UnitName, StringComparer.Ordinal)
            .Select(party => new PartyWords(party.Name, party.Kind, party.Number, party.UnitName, party.Body,
                party.MunicipalityCode, party.CountyCode, party.Federation)),
    ];

    private static IEnumerable<ResourceWords> Resources(Entry entry) =>
        from agreement in entry.Agreements
        orderby agreement.StartsOn
        from resource in agreement.Resources.OrderBy(one => one.Number)
        let side = agreement.Parties.FirstOrDefault(party => party.PartyId == resource.PartyId)?.Kind ?? resource.Side
        where side is not null
        select new ResourceWords(side.Value, resource.Kind, resource.Description.Length == 0 ? null : resource.Description,
            Amount(resource.OrePerYear), Amount(resource.OreTotal), resource.HoursPerYear);

    private static IReadOnlyList<T>? Read<T>(string column, Func<string, string?> cell, List<string> faults)
    {
        if (cell(column) is not { } text) return null;
        try
        {
            var read = JsonSerializer.Deserialize<List<T>>(text, Json);
            if (read is not null && !read.Exists(one => one is null)) return read;
        }
        catch (JsonException)
        {
            // said below
        }
        faults.Add($"{column}: import.unreadable");
        return null;
    }

    private static string Whole<T>(IEnumerable<T> all) =>
        all.ToList() is { Count: > 0 } list ? JsonSerializer.Serialize(list, Json) : "";

    private static string List(IReadOnlyList<string> words) => string.Join(" | ", words);

    private static IReadOnlyList<string>? Listed(string? text) =>
        text?.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? Amount(long? ore) => ore is { } value ? Money.Ore(value).ToDecimalString() : null;
}
