using System.Collections.Frozen;
using System.Globalization;
using Iop.Kernel;
using Iop.Registry.Domain;

namespace Iop.Registry.Importing;

/// <summary>The columns of a list of partnerships; the same for what is brought in and what is taken out.</summary>
internal static class EntryColumns
{
    public static IReadOnlyList<string> All { get; } =
    [
        "id", "title", "purpose", "challenge", "target_group", "area", "target_age", "starts_on", "start_year", "ends_on",
        "end_year",
        "open_ended", "auto_renews", "ended_on", "renewals", "municipality_code", "county_code", "public_parties",
        "idea_driven_parties", "private_parties", "public_sek_per_year", "idea_driven_sek_per_year", "last_confirmed",
        "provenance",
        "status", "synthetic", .. WholeCells.Columns,
    ];

    private static readonly FrozenDictionary<string, string> Usual = new Dictionary<string, string>(
        StringComparer.OrdinalIgnoreCase)
    {
        ["titel"] = "title", ["namn"] = "title", ["benämning"] = "title", ["avtal"] = "title", ["syfte"] = "purpose",
        ["innehåll"] = "purpose", ["samhällsutmaning"] = "challenge", ["målgrupp"] = "target_group", ["område"] = "area",
        ["insatsområde"] = "area", ["ålder"] = "target_age", ["startdatum"] = "starts_on", ["från"] = "starts_on",
        ["startår"] = "start_year", ["slutdatum"] = "ends_on", ["till"] = "ends_on", ["slutår"] = "end_year",
        ["tills vidare"] = "open_ended", ["förlängs automatiskt"] = "auto_renews", ["avslutat"] = "ended_on",
        ["förlängningar"] = "renewals", ["kommunkod"] = "municipality_code", ["länskod"] = "county_code",
        ["offentlig part"] = "public_parties", ["offentlig aktör"] = "public_parties", ["idéburen part"] = "idea_driven_parties",
        ["idéburen aktör"] = "idea_driven_parties", ["privat part"] = "private_parties",
        ["kronor per år"] = "public_sek_per_year",
        ["belopp"] = "public_sek_per_year", ["bekräftat"] = "last_confirmed",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Dates = ["yyyy-MM-dd", "yyyyMMdd", "d/M yyyy", "d/M/yyyy", "d.M.yyyy", "d MMMM yyyy",
        "d MMM yyyy"];
    private static readonly CultureInfo Swedish = CultureInfo.GetCultureInfo("sv-SE");

    /// <summary>What a heading means: as the organisation has said before, or as it is usually called.</summary>
    public static string? Of(string heading, IReadOnlyDictionary<string, string> remembered)
    {
        var plain = heading.Trim().TrimStart('\uFEFF').ToLowerInvariant();
        return remembered.GetValueOrDefault(plain)
            ?? All.FirstOrDefault(column => column == plain || column.Replace('_', ' ') == plain)
            ?? Usual.GetValueOrDefault(plain);
    }

    /// <summary>A row in words, and what could not be read in it.</summary>
    public static (EntryWords Words, List<string> Faults) Read(IReadOnlyDictionary<string, string> row)
    {
        var faults = new List<string>();
        string? Text(string column) => row.GetValueOrDefault(column)?.Trim() is { Length: > 0 } text ? Plain(text) : null;
        DateOnly? Day(string column) =>
            Text(column) is not { } text || IsYear(text) ? null : ReadDay(text) ?? Fault<DateOnly>(column);
        int? Whole(string column) => Text(column) is not { } text ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Fault<int>(column);
        int? Year(string column, string orIn) => Whole(column) ?? (Text(orIn) is { } text && IsYear(text)
            ? int.Parse(text, CultureInfo.InvariantCulture) : null);
        bool Yes(string column) => Text(column)?.ToLowerInvariant() is "ja" or "yes" or "true" or "1" or "x";
        T? Fault<T>(string column) where T : struct
        {
            faults.Add($"{column}: import.unreadable");
            return null;
        }
        var parties = Parties(Text("public_parties"), OrganisationKind.Public)
            .Concat(Parties(Text("idea_driven_parties"), OrganisationKind.IdeaDriven))
            .Concat(Parties(Text("private_parties"), OrganisationKind.Private)).ToList();
        ResourceWords?[] resources =
        [
            Money(Text("public_sek_per_year"), OrganisationKind.Public, faults),
            Money(Text("idea_driven_sek_per_year"), OrganisationKind.IdeaDriven, faults),
        ];
        var words = new EntryWords(
            Text("title")
                ?? "", parties, Text("purpose"), Text("challenge"), Text("target_group"), Text("area"), Text("target_age"),
            Day("starts_on"), Year("start_year", "starts_on"), Day("ends_on"), Year("end_year", "ends_on"), Yes("open_ended"),
            Yes("auto_renews"), Day("ended_on"), Whole("renewals"), Code("municipality_code", 4), Code("county_code", 2),
            Resources: [.. resources.OfType<ResourceWords>()]);
        return (WholeCells.Added(words, Text, faults), faults);

        // Spreadsheets drop leading zeros.
        string? Code(string column, int digits) => Text(column)?.PadLeft(digits, '0');
    }

    /// <summary>An entry as a row: exactly what is read back.</summary>
    public static IReadOnlyList<string> Row(Entry entry)
    {
        var agreements = entry.Agreements.OrderBy(agreement => agreement.StartsOn).ToList();
        var parties = agreements.SelectMany(agreement => agreement.Parties)
            .DistinctBy(party => (party.OrganisationId, party.UnitName)).OrderBy(party => party.Name, StringComparer.Ordinal)
            .ThenBy(party => party.UnitName, StringComparer.Ordinal).ToList();
        string Of(OrganisationKind kind) => string.Join(" | ", parties.Where(party => party.Kind == kind).Select(Written));
        string Sum(OrganisationKind side) =>
            agreements.SelectMany(agreement => agreement.Resources.Where(one => one.Kind == "money"
                && (one.Side ?? agreement.Parties.FirstOrDefault(party => party.PartyId == one.PartyId)?.Kind) == side))
            .Select(one => one.OrePerYear).Sum() is var ore and > 0
                ? Iop.Kernel.Money.Ore(ore.Value).ToDecimalString() : "";
        return
        [
            $"{entry.EntryId.Value}", entry.Title, entry.Purpose ?? "", entry.Challenge ?? "", entry.TargetGroup ?? "",
            entry.Area ?? "", entry.TargetAge ?? "", Day(entry.StartsOn), Whole(entry.StartYear), Day(entry.EndsOn),
            Whole(entry.EndYear), YesNo(entry.OpenEnded), YesNo(entry.AutoRenews), Day(entry.EndedOn), Whole(entry.Renewals),
            entry.MunicipalityCode ?? "", entry.CountyCode ?? "", Of(OrganisationKind.Public), Of(OrganisationKind.IdeaDriven),
            Of(OrganisationKind.Private), Sum(OrganisationKind.Public), Sum(OrganisationKind.IdeaDriven),
            Day(entry.LastConfirmedOn),
            entry.Provenance, entry.Status.ToString().ToLowerInvariant(), YesNo(entry.Synthetic), .. WholeCells.Of(entry),
        ];
    }

    public static bool IsYes(string? text) => text?.Trim().ToLowerInvariant() is "ja" or "yes" or "true" or "1";

    public static DateOnly? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, Dates, Swedish, DateTimeStyles.AllowWhiteSpaces, out var day) ? day : null;

    /// <summary>Parted by a bar: Name #number &lt;municipality:0381&gt; / unit ^ federation.</summary>
    private static IEnumerable<PartyWords> Parties(string? text, OrganisationKind kind)
    {
        foreach (var part in (text ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (rest, federation) = Cut(part, " ^ ");
            (rest, var unit) = Cut(rest, " / ");
            (rest, var body) = Cut(rest, " <");
            (rest, var number) = Cut(rest, " #");
            var (which, code) = Cut(body?.TrimEnd('>') ?? "", ":");
            yield return new PartyWords(rest, kind, number, unit, which.Length == 0 ? null : which,
                which.StartsWith("municipal", StringComparison.Ordinal) ? code : null,
                which.StartsWith("region", StringComparison.Ordinal) ? code : null, federation);
        }
    }

    private static string Written(EntryParty party) => string.Concat(
        party.Name, party.Number is { } number ? $" #{number}" : "",
        party.Body is { } body
            ? $" <{body}{((body.StartsWith("region", StringComparison.Ordinal)
                ? party.CountyCode : party.MunicipalityCode) is { } code ? $":{code}" : "")}>" : "",
        party.UnitName is { } unit ? $" / {unit}" : "", party.Federation is { } federation ? $" ^ {federation}" : "");

    private static (string Before, string? After) Cut(string text, string at) =>
        text.IndexOf(at, StringComparison.Ordinal) is >= 0 and var place
            ? (text[..place].Trim(), text[(place + at.Length)..].Trim()) : (text, null);

    private static ResourceWords? Money(string? text, OrganisationKind side, List<string> faults)
    {
        if (text is null) return null;
        var plain = string.Concat(text.Replace("kr", "", StringComparison.OrdinalIgnoreCase)
            .Where(letter => !char.IsWhiteSpace(letter)))
            .Replace(',', '.');
        if (Iop.Kernel.Money.TryParse(plain, Currency.Sek, out var amount))
            return new ResourceWords(side, "money", AmountPerYear: amount.ToDecimalString());
        faults.Add($"{(side is OrganisationKind.Public ? "public" : "idea_driven")}_sek_per_year: import.unreadable");
        return null;
    }

    // What was written out so that a spreadsheet takes it for text is that text again.
    private static string Plain(string text) => text is ['\'', '=' or '+' or '-' or '@' or '\t' or '\r', ..] ? text[1..] : text;

    private static bool IsYear(string text) => text.Length == 4 && text.All(char.IsAsciiDigit);

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Whole(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string YesNo(bool value) => value ? "ja" : "nej";
}
