using System.Globalization;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Registry.Domain;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace Iop.Registry.Entries;

/// <summary>Partnerships in the register, found by words (their beginnings too), area, place, kind of party, status or day;
/// newest first.</summary>
internal static class FindEntries
{
    public sealed record View(IReadOnlyList<EntryLine> Items, int Total);

    public sealed record Wishes(
        string? Q, string? Area, string? Municipality, string? County, string? Kind, string? Status, DateOnly? ActiveOn,
        string? Missing);

    private const int SearchMax = 200;
    private const int WordsMax = 10;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/entries", Handle).WithName(nameof(FindEntries)).AllowAnonymous();

    internal static async Task<Answer<View>> Handle(
        [AsParameters] Wishes wishes, Paging paging, RegistryDb db, HttpRequest request, CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        return Look(wishes) is { } malformed ? malformed : await Page(Matching(db.Entries, wishes), paging, request, cancel);
    }

    internal static Refusal? Look(Wishes wishes)
    {
        var fields = new Fields().OptionalText("q", wishes.Q, SearchMax);
        if (wishes.Area is not null) fields.OneOf("area", wishes.Area, InterventionArea.All);
        if (wishes.Kind is not null) fields.OneOf("kind", wishes.Kind, Kinds.Keys);
        if (wishes.Status is not null) fields.OneOf("status", wishes.Status, Statuses.Keys);
        if (wishes.Missing is not null) fields.OneOf("missing", wishes.Missing, EntryChoices.Missing);
        return fields.Refusal;
    }

    internal static async Task<Answer<View>> Page(IQueryable<Entry> found, Paging paging, HttpRequest request,
        CancellationToken cancel)
    {
        var total = await found.CountAsync(cancel);
        if (After(paging.After) is var (startsOn, id))
        {
            var key = new EntryId(id);
            found = found.Where(entry => entry.SortsOn < startsOn
                || (entry.SortsOn == startsOn && ((Guid)(object)entry.EntryId).CompareTo((Guid)(object)key) < 0));
        }
        var page = await found.WithAll().OrderByDescending(entry => entry.SortsOn)
            .ThenByDescending(entry => entry.EntryId)
            .Skip(paging.Skip).Take(paging.Limit + 1).ToListAsync(cancel);
        var shown = page.Take(paging.Limit).ToList();
        var next = page.Count > paging.Limit
            ? Paging.Next(request,
                string.Create(CultureInfo.InvariantCulture, $"{shown[^1].SortsOn:yyyy-MM-dd}|{shown[^1].EntryId.Value}"))
            : null;
        return Answers.Page(new View([.. shown.Select(EntryLine.Of)], total), next);
    }

    /// <summary>With everything that a view of it shows.</summary>
    internal static IQueryable<Entry> WithAll(this IQueryable<Entry> entries) => entries
        .Include(entry => entry.Agreements).ThenInclude(agreement => agreement.Parties)
        .Include(entry => entry.Agreements).ThenInclude(agreement => agreement.Resources)
        .AsSplitQuery().AsNoTracking();

    internal static IQueryable<Entry> Matching(IQueryable<Entry> entries, Wishes wishes)
    {
        if (Words(wishes.Q) is { } words)
        {
            // A word as written (names, their beginnings) or as its stem (inflected Swedish).
            entries = entries.Where(entry => EF.Property<NpgsqlTsVector>(entry, EntryMapping.Search)
                .Matches(EF.Functions.ToTsQuery("simple", words).Or(EF.Functions.ToTsQuery("swedish", words))));
        }
        if (wishes.Area is { } area) entries = entries.Where(entry => entry.Area == area);
        if (wishes.Municipality is { } municipality) entries = entries.Where(entry => entry.MunicipalityCode == municipality);
        if (wishes.County is { } county) entries = entries.Where(entry => entry.CountyCode == county);
        if (wishes.Status is { } status) entries = WithStatus(entries, Statuses[status]);
        if (wishes.Kind is { } kind) entries = WithPartyOf(entries, Kinds[kind]);
        if (wishes.Missing is { } missing) entries = entries.Where(entry => entry.Missing.Contains(missing));
        if (wishes.ActiveOn is { } day)
        {
            entries = entries.Where(entry => entry.SortsOn <= day && (entry.StartsOn != null || entry.StartYear != null)
                && (entry.EndedOn == null || entry.EndedOn >= day)
                && (entry.OpenEnded || entry.AutoRenews || entry.Provenance == Entry.SignedHere
                    || ((entry.EndsOn == null || entry.EndsOn >= day) && (entry.EndYear == null || entry.EndYear >= day.Year))));
        }
        return entries;
    }

    private static IQueryable<Entry> WithStatus(IQueryable<Entry> entries, EntryStatus status) =>
        entries.Where(entry => entry.Status == status);

    private static IQueryable<Entry> WithPartyOf(IQueryable<Entry> entries, OrganisationKind kind) =>
        entries.Where(entry => entry.Agreements.Any(agreement => agreement.Parties.Any(party => party.Kind == kind)));

    /// <summary>"våld kvinno" becomes <c>våld:* &amp; kvinno:*</c>; nothing but letters and digits gets through.</summary>
    private static string? Words(string? text)
    {
        var letters = string.Concat((text ?? "").Select(character => char.IsLetterOrDigit(character) ? character : ' '));
        var words = letters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(WordsMax).Select(word => $"{word}:*").ToList();
        return words.Count == 0 ? null : string.Join(" & ", words);
    }

    private static (DateOnly StartsOn, Guid Id)? After(string? key) =>
        key is not null && key.Split('|') is [var day, var id]
            && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var startsOn)
            && Guid.TryParse(id, out var parsed)
            ? (startsOn, parsed) : null;

    private static readonly Dictionary<string, OrganisationKind> Kinds = new(StringComparer.Ordinal)
    {
        ["public"] = OrganisationKind.Public, ["idea-driven"] = OrganisationKind.IdeaDriven,
        ["private"] = OrganisationKind.Private,
    };

    private static readonly Dictionary<string, EntryStatus> Statuses = new(StringComparer.Ordinal)
    {
        ["active"] = EntryStatus.Active, ["presumed"] = EntryStatus.Presumed, ["ended"] = EntryStatus.Ended,
        ["future"] = EntryStatus.Future, ["unknown"] = EntryStatus.Unknown,
    };
}
