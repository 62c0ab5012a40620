using System.Globalization;
using Iop.Web.Parts;

namespace Iop.Web.Register;

/// <summary>What is looked for in the register, as it stands in the address of the page, so that it can be shared.</summary>
public sealed record EntryQuery(
    string? Q, DateOnly? Day, bool All, int Page, Guid? Organisation, IReadOnlyList<(string Facet, string Value)> Chosen)
{
    public const int PageMax = 500;

    /// <summary>In the order in which they stand on the page.</summary>
    public static IReadOnlyList<string> Facets { get; } =
        ["area", "age", "county", "municipality", "status", "provenance", "missing"];

    private const int ChosenMax = 60;

    public static EntryQuery Of(IQueryCollection address) => new(
        Text(address, "q"), Typed.Day(Text(address, "dag")), Text(address, "visa") == "alla",
        int.TryParse(address["page"], CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, PageMax) : 1,
        Guid.TryParse(Text(address, "organisation"), out var organisation) ? organisation : null,
        [.. Facets.SelectMany(facet => address[facet].OfType<string>().Where(value => value.Length > 0)
            .Select(value => (facet, value))).Take(ChosenMax)]);

    /// <summary>The same wish as the register's interface wants it.</summary>
    public string Wish(params (string Name, string Value)[] more) => Query(
    [
        ("q", Q), ("activeOn", All ? null : Iso(Day)), ("running", All || Day is not null ? null : "true"),
        ("organisation", Organisation?.ToString()), .. Chosen.Select(one => (one.Facet, (string?)one.Value)),
        ("page", Page > 1 ? Number(Page) : null), .. more.Select(one => (one.Name, (string?)one.Value)),
    ]);

    /// <summary>The address of the page; the page's number is left to whoever links.</summary>
    public string Address => "/register" + Query(
    [
        ("q", Q), ("dag", Iso(Day)), ("visa", All ? "alla" : null), ("organisation", Organisation?.ToString()),
        .. Chosen.Select(one => (one.Facet, (string?)one.Value)),
    ]);

    public EntryQuery Without((string Facet, string Value) one) =>
        this with { Chosen = [.. Chosen.Where(other => other != one)], Page = 1 };

    private static string Query(IEnumerable<(string Name, string? Value)> parts) => QueryString.Create(
        parts.Where(part => !string.IsNullOrEmpty(part.Value))
            .Select(part => new KeyValuePair<string, string?>(part.Name, part.Value))).ToString();

    private static string? Text(IQueryCollection address, string name) =>
        address[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    private static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
