using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Registry.Domain;
using Iop.Registry.Places;

namespace Iop.Registry.Keeping;

/// <summary>Looks at what somebody says of a partnership, field by field; the same for a form and for a row of a list.</summary>
internal static class EntryRequest
{
    private const int TitleMax = 200;
    private const int TextMax = 4_000;
    private const int NameMax = 200;
    private const int ResourcesMax = 60;
    private const int ListMax = 40;
    private const int AddressMax = 500;
    private const int YearMin = 1980;
    private const int YearMax = 2200;

    public static Fields Look(EntryWords words)
    {
        var fields = new Fields().Text("title", words.Title, TitleMax)
            .OptionalText("purpose", words.Purpose, TextMax).OptionalText("challenge", words.Challenge, TextMax)
            .OptionalText("targetGroup", words.TargetGroup, TextMax);
        foreach (var (field, text) in new[] { ("title", words.Title), ("purpose", words.Purpose),
            ("challenge", words.Challenge), ("targetGroup", words.TargetGroup) })
            fields.Must(field, PublicText.IsWithoutPersons(text), "entry.names-a-person");
        Classified(fields, words);
        Period(fields, words);
        Place(fields, "municipalityCode", words.MunicipalityCode, 4);
        Place(fields, "countyCode", words.CountyCode, 2);
        fields.Must("countyCode", words.MunicipalityCode is null || words.CountyCode is null
            || words.MunicipalityCode.StartsWith(words.CountyCode, StringComparison.Ordinal), "place.not-in-county");
        fields.Count("morePlaces", words.MorePlaces?.Count, 0, ListMax)
            .Must("morePlaces", (words.MorePlaces ?? []).All(PlaceList.Has), "place.unknown");
        Parties(fields, words.Parties);
        Resources(fields, words.Resources);
        return words.Additions is { } additions ? Look(fields, additions) : fields;
    }

    public static Fields Look(Fields fields, AdditionWords words)
    {
        fields.Count("secondaryAreas", words.SecondaryAreas?.Count, 0, InterventionArea.All.Count)
            .Count("tags", words.Tags?.Count, 0, EntryChoices.Tags.Count)
            .OptionalText("publicMandate", words.PublicMandate, TextMax).OptionalText("policyText", words.PolicyText, TextMax)
            .OptionalText("complements", words.Complements, TextMax)
            .OptionalText("classifiedOnText", words.ClassifiedOnText, TextMax)
            .OptionalText("responsibleFunction", words.ResponsibleFunction, NameMax)
            .Must("responsibleFunction", words.ResponsibleFunction is null
                || PublicText.IsFunctionName(words.ResponsibleFunction), "entry.function-not-person")
            .Must("responsibleMailbox", string.IsNullOrWhiteSpace(words.ResponsibleMailbox)
                || PublicText.IsFunctionMailbox(words.ResponsibleMailbox.Trim()), "entry.mailbox-not-persons");
        foreach (var area in words.SecondaryAreas ?? []) fields.OneOf("secondaryAreas", area, InterventionArea.All);
        foreach (var age in words.SecondaryAges ?? []) fields.OneOf("secondaryAges", age, InterventionArea.Ages);
        foreach (var tag in words.Tags ?? []) fields.OneOf("tags", tag, EntryChoices.Tags);
        if (words.PolicyBasis is not null) fields.OneOf("policyBasis", words.PolicyBasis, EntryChoices.PolicyBases);
        if (words.Initiator is not null) fields.OneOf("initiator", words.Initiator, EntryChoices.Initiators);
        foreach (var (field, text) in new[] { ("publicMandate", words.PublicMandate), ("policyText", words.PolicyText),
            ("complements", words.Complements), ("classifiedOnText", words.ClassifiedOnText) })
            fields.Must(field, PublicText.IsWithoutPersons(text), "entry.names-a-person");
        fields.Count("documents", words.Documents?.Count, 0, ListMax);
        foreach (var document in words.Documents ?? [])
            fields.OneOf("documents", document.Kind, EntryChoices.Documents).Text("documents", document.Title, TitleMax)
                .Text("documents", document.Address, AddressMax)
                .Must("documents", PublicText.IsWithoutPersons($"{document.Title}\n{document.Address}"), "entry.names-a-person")
                .Must("documents", Uri.TryCreate(document.Address, UriKind.Absolute, out var address)
                    && address.Scheme is "http" or "https", "entry.not-an-address");
        return fields;
    }

    private static void Classified(Fields fields, EntryWords words)
    {
        if (words.Area is not null) fields.OneOf("area", words.Area, InterventionArea.All);
        if (words.TargetAge is not null) fields.OneOf("targetAge", words.TargetAge, InterventionArea.Ages);
    }

    private static void Period(Fields fields, EntryWords words)
    {
        foreach (var (field, year) in new[] { ("startYear", words.StartYear ?? words.StartsOn?.Year),
            ("endYear", words.EndYear ?? words.EndsOn?.Year), ("endedOn", words.EndedOn?.Year) })
            if (year is { } said) fields.Between(field, said, YearMin, YearMax);
        var first = words.StartsOn ?? (words.StartYear is >= YearMin and <= YearMax
            ? new DateOnly(words.StartYear.Value, 1, 1) : null);
        fields.Must("endsOn", words.EndsOn is null || first is null || words.EndsOn >= first, "period.backwards")
            .Must("endYear", words.EndYear is null || first is null || words.EndYear >= first.Value.Year, "period.backwards")
            .Must("endedOn", words.EndedOn is null || first is null || words.EndedOn >= first, "period.backwards")
            .Must("endsOn", !words.OpenEnded || (words.EndsOn is null && words.EndYear is null), "entry.open-ended-with-end");
        if (words.Renewals is { } renewals) fields.Between("renewals", renewals, 0, 99);
    }

    private static void Place(Fields fields, string field, string? code, int digits) =>
        fields.Must(field, code is null || (code.Length == digits && PlaceList.Has(code)), "place.unknown");

    private static void Parties(Fields fields, IReadOnlyList<PartyWords>? parties)
    {
        fields.Count("parties", parties?.Count, 1, Entry.PartiesMax);
        foreach (var (party, at) in (parties ?? []).Take(Entry.PartiesMax).Select((party, at) => (party, $"parties.{at + 1}")))
        {
            fields.Text(at, party.Name, NameMax).OptionalText(at, party.UnitName, NameMax)
                .OptionalText(at, party.Federation, NameMax)
                .Must(at, PublicText.IsWithoutPersons($"{party.Name}\n{party.UnitName}\n{party.Federation}"),
                    "entry.names-a-person")
                .Must(at, party.Body is null || (party.Kind is OrganisationKind.Public
                    && EntryChoices.Bodies.Contains(party.Body, StringComparer.Ordinal)), "organisation.unknown-body");
            if (party.Number is { } number) fields.Accept(at, OrganisationNumber.TryParse(number, out _));
            Place(fields, at, party.MunicipalityCode, 4);
            Place(fields, at, party.CountyCode, 2);
        }
    }

    private static void Resources(Fields fields, IReadOnlyList<ResourceWords>? resources)
    {
        fields.Count("resources", resources?.Count, 0, ResourcesMax);
        foreach (var resource in (resources ?? []).Take(ResourcesMax))
        {
            fields.OneOf("resources", resource.Kind, EntryChoices.Resources)
                .OptionalText("resources", resource.Description, TextMax)
                .Must("resources", PublicText.IsWithoutPersons(resource.Description), "entry.names-a-person")
                .Must("resources", IsAmount(resource.AmountPerYear) && IsAmount(resource.AmountInTotal), "entry.not-an-amount");
            if (resource.HoursPerYear is { } hours) fields.Between("resources", hours, 0, 10_000_000);
        }
    }

    private static bool IsAmount(string? text) =>
        text is null || (Money.TryParse(text, Currency.Sek, out var amount) && !amount.IsNegative);

    /// <summary>As it is kept: numbers as ten digits, a municipality or region known by its name.</summary>
    public static EntryWords Tidied(EntryWords words) => words with
    {
        Parties = [.. words.Parties.Select(Tidied)],
    };

    private static PartyWords Tidied(PartyWords party)
    {
        var number = party.Number is not null && OrganisationNumber.TryParse(party.Number, out var read) is null
            ? read.Digits : null;
        var tidied = party with { Name = party.Name.Trim(), Number = number };
        if (party.Kind is not OrganisationKind.Public || party.Body is not null) return tidied;
        return (PlaceList.BodyNamed(party.Name), party.MunicipalityCode, party.CountyCode) switch
        {
            ({ Code.Length: 4 } place, _, _) => tidied with { Body = "municipality", MunicipalityCode = place.Code },
            ({ } place, _, _) => tidied with { Body = "region", CountyCode = place.Code },
            (null, { }, _) => tidied with { Body = "municipality" },
            (null, null, { }) => tidied with { Body = "region" },
            _ => tidied,
        };
    }
}
