using System.Globalization;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Registry.Domain;
using Iop.Registry.OpenData;
using Iop.Registry.Places;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Entries;

/// <summary>Partnerships in the register, found by words (their beginnings, and names though misspelt), area, age, place, party,
/// state, day or what is missing; newest first.</summary>
internal static class FindEntries
{
    public sealed record View(
        IReadOnlyList<EntryLine> Items, int Total, bool IsAlike = false, IReadOnlyList<Facet>? Facets = null,
        DateOnly? ActiveOn = null);

    /// <summary>Something one may narrow down by, with how many there are of each when all other choices stay.</summary>
    public sealed record Facet(string Code, IReadOnlyList<FacetValue> Values);

    /// <summary>A choice; <c>missing</c> is what nobody has said. Places have their name.</summary>
    public sealed record FacetValue(string Value, string? Name, int Count, bool IsChosen);

    /// <param name="Running">Those that run today; <c>activeOn</c> says another day.</param>
    /// <param name="Facets">With the counts for narrowing down.</param>
    public sealed record Wishes(
        string? Q, string[]? Area, string[]? Municipality, string[]? County, string? Kind, string[]? Status, DateOnly? ActiveOn,
        string[]? Missing, string[]? Age, string[]? Provenance, Guid? Organisation, bool Running = false, bool Facets = false);

    private const int SearchMax = 200;
    private const int ChoicesMax = 60;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/entries", Handle).WithName(nameof(FindEntries)).AllowAnonymous().FollowsTheRegister();

    internal static async Task<Answer<View>> Handle(
        [AsParameters] Wishes wishes, Paging paging, RegistryDb db, TimeProvider clock, HttpRequest request,
        CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        if (Look(wishes) is { } malformed) return malformed;
        var (page, shown, next) = await Read(wishes, paging, db, clock, request, cancel);
        var day = wishes.ActiveOn ?? (wishes.Running ? clock.Today() : null);
        return Answers.Page(new View([.. shown.Select(EntryLine.Of)], page.Total, page.IsAlike,
            wishes.Facets ? FacetsOf(wishes, page.Rows) : null, day), next);
    }

    internal static async Task<(Search.Page Page, IReadOnlyList<Entry> Shown, string? Next)> Read(
        Wishes wishes, Paging paging, RegistryDb db, TimeProvider clock, HttpRequest request, CancellationToken cancel)
    {
        var page = await Search.OnePage(wishes, clock.Today(),
            new Search.Span(After(paging.After), paging.Skip, paging.Limit + 1), db, cancel);
        var (shown, next) = await Shown(page.Ids, paging, db, request, cancel);
        return (page, shown, next);
    }

    private static IReadOnlyList<Facet> FacetsOf(Wishes wishes, IReadOnlyList<Search.FacetRow> rows) =>
    [
        .. rows.GroupBy(row => row.Facet, StringComparer.Ordinal).Select(facet => new Facet(facet.Key,
        [
            .. facet.OrderByDescending(row => row.Count).ThenBy(row => row.Value, StringComparer.Ordinal)
                .Select(row => new FacetValue(row.Value, NameOf(facet.Key, row.Value), row.Count,
                    Chosen(wishes, facet.Key).Contains(row.Value, StringComparer.Ordinal))),
        ])),
    ];

    internal static Refusal? Look(Wishes wishes)
    {
        var fields = new Fields().OptionalText("q", wishes.Q, SearchMax);
        All(fields, "area", wishes.Area, [.. InterventionArea.All, Search.NotSaid]);
        All(fields, "age", wishes.Age, [.. InterventionArea.Ages, Search.NotSaid]);
        All(fields, "status", wishes.Status, Statuses);
        All(fields, "provenance", wishes.Provenance,
            [Entry.SignedHere, Entry.Imported, Entry.EnteredByHand, Entry.ReportedByOneSide]);
        All(fields, "missing", wishes.Missing, EntryChoices.Missing);
        foreach (var (field, codes) in new[] { ("county", wishes.County), ("municipality", wishes.Municipality) })
            fields.Count(field, codes?.Length, 0, ChoicesMax).Must(field,
                (codes ?? []).All(code => code == Search.NotSaid || PlaceList.Has(code)), "place.unknown");
        if (wishes.Kind is not null) fields.OneOf("kind", wishes.Kind, Kinds.Keys);
        return fields.Refusal;
    }

    private static void All(Fields fields, string field, string[]? values, IReadOnlyList<string> allowed)
    {
        fields.Count(field, values?.Length, 0, ChoicesMax);
        foreach (var value in (values ?? []).Take(ChoicesMax)) fields.OneOf(field, value, allowed);
    }

    private static string[] Chosen(Wishes wishes, string facet) => facet switch
    {
        "area" => wishes.Area ?? [], "age" => wishes.Age ?? [], "status" => wishes.Status ?? [],
        "provenance" => wishes.Provenance ?? [], "missing" => wishes.Missing ?? [], "county" => wishes.County ?? [],
        "municipality" => wishes.Municipality ?? [], _ => [],
    };

    private static string? NameOf(string facet, string code) => facet switch
    {
        "county" => PlaceList.NameOf(null, code), "municipality" => PlaceList.NameOf(code, null), _ => null,
    };

    internal static async Task<Answer<View>> Page(IQueryable<Entry> found, Paging paging, RegistryDb db, HttpRequest request,
        CancellationToken cancel)
    {
        var total = await found.CountAsync(cancel);
        if (After(paging.After) is var (startsOn, id))
        {
            found = found.Where(entry => entry.SortsOn < startsOn
                || (entry.SortsOn == startsOn && ((Guid)(object)entry.EntryId).CompareTo(id) < 0));
        }
        var ids = await found.OrderByDescending(entry => entry.SortsOn).ThenByDescending(entry => entry.EntryId)
            .Skip(paging.Skip).Take(paging.Limit + 1).Select(entry => entry.EntryId).ToListAsync(cancel);
        var (shown, next) = await Shown(ids, paging, db, request, cancel);
        return Answers.Page(new View([.. shown.Select(EntryLine.Of)], total), next);
    }

    /// <summary>Newest first; the order ends in the id, so that the next page begins where this one ended.</summary>
    private static async Task<(IReadOnlyList<Entry> Shown, string? Next)> Shown(
        IReadOnlyList<EntryId> ids, Paging paging, RegistryDb db, HttpRequest request, CancellationToken cancel)
    {
        var shown = await db.Lines([.. ids.Take(paging.Limit)], cancel);
        var next = ids.Count > paging.Limit && shown.Count > 0
            ? Paging.Next(request,
                string.Create(CultureInfo.InvariantCulture, $"{shown[^1].SortsOn:yyyy-MM-dd}|{shown[^1].EntryId.Value}"))
            : null;
        return (shown, next);
    }

    /// <summary>These entries in this order, with what a line of a list shows. They are looked for first and read then, by their
    /// keys: a search is done once, not once for every table that is read.</summary>
    internal static async Task<IReadOnlyList<Entry>> Lines(
        this RegistryDb db, IReadOnlyList<EntryId> ids, CancellationToken cancel)
    {
        var read = await db.Entries.AsNoTracking().Where(entry => ids.Contains(entry.EntryId))
            .Include(entry => entry.Agreements).ThenInclude(agreement => agreement.Parties).AsSingleQuery()
            .ToDictionaryAsync(entry => entry.EntryId, cancel);
        return [.. ids.Where(read.ContainsKey).Select(id => read[id])];
    }

    /// <summary>With everything that a view of it shows.</summary>
    internal static IQueryable<Entry> WithAll(this IQueryable<Entry> entries) => entries
        .Include(entry => entry.Agreements).ThenInclude(agreement => agreement.Parties)
        .Include(entry => entry.Agreements).ThenInclude(agreement => agreement.Resources).Include(entry => entry.Documents)
        .AsSplitQuery().AsNoTracking();

    private static (DateOnly StartsOn, Guid Id)? After(string? key) =>
        key is not null && key.Split('|') is [var day, var id]
            && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var startsOn)
            && Guid.TryParse(id, out var parsed)
            ? (startsOn, parsed) : null;

    internal static readonly Dictionary<string, OrganisationKind> Kinds = new(StringComparer.Ordinal)
    {
        ["public"] = OrganisationKind.Public, ["idea-driven"] = OrganisationKind.IdeaDriven,
        ["private"] = OrganisationKind.Private,
    };

    private static readonly string[] Statuses = ["active", "presumed", "ended", "future", "unknown"];
}
