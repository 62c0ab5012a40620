using Iop.Web.Parts;

namespace Iop.Web.RegisterKeeping;

/// <summary>The form of an entry as the register's interface wants it; what was left empty is not known.</summary>
internal static class EntryFormWords
{
    public const int PartyRows = 6;

    private static readonly string[] Sides = ["public", "idea-driven"];

    public static object Of(Filled form) => new
    {
        title = form.Text("title") ?? "", purpose = form.Text("purpose"), challenge = form.Text("challenge"),
        targetGroup = form.Text("targetGroup"), area = form.Text("area"), targetAge = form.Text("targetAge"),
        startsOn = form.Text("startsOn"), startYear = Year(form, "startYear"), endsOn = form.Text("endsOn"),
        endYear = Year(form, "endYear"), endedOn = form.Text("endedOn"), openEnded = form.Text("howLong") == "open",
        autoRenews = form.Text("howLong") == "renews", renewals = Year(form, "renewals"),
        municipalityCode = form.Text("municipalityCode"), countyCode = form.Text("countyCode"),
        national = form.Text("national") == "true",
        parties = Enumerable.Range(1, PartyRows).Where(row => form.Text($"name{row}") is not null).Select(row => new
        {
            name = form.Text($"name{row}"), kind = form.Text($"kind{row}") ?? "idea-driven", number = form.Text($"number{row}"),
            unitName = form.Text($"unit{row}"), federation = form.Text($"federation{row}"),
        }).ToList(),
        resources = Sides.Where(side => form.Text($"amount-{side}") is not null
            || form.Text($"total-{side}") is not null || form.Text($"hours-{side}") is not null).Select(side => new
            {
                side, kind = form.Text($"hours-{side}") is not null && form.Text($"amount-{side}") is null
                    && form.Text($"total-{side}") is null ? "staff" : "money",
                amountPerYear = Typed.Amount(form.Text($"amount-{side}")),
                amountInTotal = Typed.Amount(form.Text($"total-{side}")),
                hoursPerYear = Year(form, $"hours-{side}"),
            }).ToList(),
        additions = Additions(form),
    };

    public static object Additions(Filled form) => new
    {
        secondaryAreas = form.All("secondaryAreas"), secondaryAges = form.All("secondaryAges"), tags = form.All("tags"),
        publicMandate = form.Text("publicMandate"), policyBasis = form.Text("policyBasis"), policyText = form.Text("policyText"),
        complements = form.Text("complements"), initiator = form.Text("initiator"),
        responsibleFunction = form.Text("responsibleFunction"), responsibleMailbox = form.Text("responsibleMailbox"),
        classifiedOnText = form.Text("classifiedOnText"), followsEntryId = Entry(form.Text("followsEntryId")),
        grewOutOfEntryId = Entry(form.Text("grewOutOfEntryId")),
        documents = form.Text("documentAddress") is { } address
            ? new[] { new { kind = form.Text("documentKind") ?? "document", title = form.Text("documentTitle")
                ?? address, address } }
            : [],
    };

    /// <summary>An entry by its id or by the address of its page.</summary>
    private static Guid? Entry(string? text) => Guid.TryParse(text?.Split('/')[^1], out var id) ? id : null;

    private static int? Year(Filled form, string name) =>
        int.TryParse(form.Text(name), System.Globalization.CultureInfo.InvariantCulture, out var year) ? year : null;
}
