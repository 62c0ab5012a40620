using Iop.Web.Parts;
using Iop.Web.Register;

namespace Iop.Web.RegisterKeeping;

/// <summary>The form of an entry as the register's interface wants it; what was left empty is not known.</summary>
internal static class EntryFormWords
{
    private const int PartyRowsMin = 6;
    private const int PartiesMax = 60;
    private const int ResourceRowsMin = 2;
    private const int ResourcesMax = 60;
    private const int DocumentsMax = 40;

    private static readonly string[] ResourceFields = ["resource", "description", "amount", "total", "hours"];

    /// <summary>Every party that is known has its row, and there is always room for one more.</summary>
    public static int PartyRows(Entry? entry, Filled? form) =>
        Rows(entry?.Parties?.Count, PartyRowsMin, PartiesMax, form, "name");

    public static int ResourceRows(Entry? entry, Filled? form) =>
        Rows(entry?.Resources?.Count, ResourceRowsMin, ResourcesMax, form, "resource");

    public static int DocumentRows(EntryAdditions? known, Filled? form) =>
        Rows(known?.Documents?.Count, 1, DocumentsMax, form, "documentAddress");

    public static object Of(Filled form) => new
    {
        title = form.Text("title") ?? "", purpose = form.Text("purpose"), challenge = form.Text("challenge"),
        targetGroup = form.Text("targetGroup"), area = form.Text("area"), targetAge = form.Text("targetAge"),
        startsOn = form.Text("startsOn"), startYear = Number(form, "startYear"), endsOn = form.Text("endsOn"),
        endYear = Number(form, "endYear"), endedOn = form.Text("endedOn"), openEnded = form.Text("howLong") == "open",
        autoRenews = form.Text("autoRenews") == "true", renewals = Number(form, "renewals"),
        municipalityCode = form.Text("municipalityCode"), countyCode = form.Text("countyCode"),
        national = form.Text("national") == "true",
        morePlaces = (form.Text("morePlaces") ?? "").Split([',', ' ', ';', '\n'], StringSplitOptions.RemoveEmptyEntries),
        parties = Enumerable.Range(1, PartiesMax).Where(row => form.Text($"name{row}") is not null)
            .Select(row => Party(form, row)).ToList(),
        resources = Enumerable.Range(1, ResourcesMax).Where(row => IsSaid(form, row))
            .Select(row => Resource(form, row)).ToList(),
        additions = Additions(form),
    };

    public static object Additions(Filled form) => new
    {
        secondaryAreas = form.All("secondaryAreas"), secondaryAges = form.All("secondaryAges"), tags = form.All("tags"),
        publicMandate = form.Text("publicMandate"), policyBasis = form.Text("policyBasis"), policyText = form.Text("policyText"),
        complements = form.Text("complements"), initiator = form.Text("initiator"),
        responsibleFunction = form.Text("responsibleFunction"), responsibleMailbox = form.Text("responsibleMailbox"),
        classifiedOnText = form.Text("classifiedOnText"), followsEntryId = EntryOf(form.Text("followsEntryId")),
        grewOutOfEntryId = EntryOf(form.Text("grewOutOfEntryId")),
        documents = Enumerable.Range(1, DocumentsMax).Where(row => form.Text($"documentAddress{row}") is not null)
            .Select(row => new
            {
                kind = form.Text($"documentKind{row}") ?? "document",
                title = form.Text($"documentTitle{row}") ?? form.Text($"documentAddress{row}"),
                address = form.Text($"documentAddress{row}"),
            }).ToList(),
    };

    private static object Party(Filled form, int row)
    {
        // Its codes belong to the name they stood beside: another name is another body, which is known by its name.
        var isTheSame = form.Text($"name{row}") == form.Text($"was{row}");
        var body = form.Text($"body{row}");
        return new
        {
            name = form.Text($"name{row}"), kind = form.Text($"kind{row}") ?? "idea-driven", number = form.Text($"number{row}"),
            unitName = form.Text($"unit{row}"), federation = form.Text($"federation{row}"),
            body = isTheSame || body is not ("municipality" or "region") ? body : null,
            municipalityCode = isTheSame ? form.Text($"municipality{row}") : null,
            countyCode = isTheSame ? form.Text($"county{row}") : null,
        };
    }

    private static bool IsSaid(Filled form, int row) =>
        ResourceFields.Any(field => form.Text($"{field}{row}") is not null);

    private static object Resource(Filled form, int row) => new
    {
        side = form.Text($"side{row}") ?? "public",
        kind = form.Text($"resource{row}") ?? (Number(form, $"hours{row}") is null ? "money" : "staff"),
        description = form.Text($"description{row}"), amountPerYear = Typed.Amount(form.Text($"amount{row}")),
        amountInTotal = Typed.Amount(form.Text($"total{row}")), hoursPerYear = Number(form, $"hours{row}"),
    };

    private static int Rows(int? known, int least, int most, Filled? form, string field)
    {
        var filled = form is null ? 0
            : Enumerable.Range(1, most).LastOrDefault(row => form.Text($"{field}{row}") is not null);
        return Math.Min(most, Math.Max(least, Math.Max(known ?? 0, filled) + 1));
    }

    /// <summary>An entry by its id or by the address of its page.</summary>
    private static Guid? EntryOf(string? text) => Guid.TryParse(text?.Split('/')[^1], out var id) ? id : null;

    private static int? Number(Filled form, string name) =>
        int.TryParse(form.Text(name), System.Globalization.CultureInfo.InvariantCulture, out var year) ? year : null;
}
