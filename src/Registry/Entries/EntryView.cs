using Iop.Kernel;
using Iop.Registry.Domain;
using Iop.Registry.Places;

namespace Iop.Registry.Entries;

/// <summary>An entry as a line of a list.</summary>
public sealed record EntryLine(
    Guid Id, string Title, string? Purpose, string? Challenge, string? Area, string? TargetAge, EntryStatus Status,
    DateOnly? StartsOn, int? StartYear,
    DateOnly? EndsOn, DateOnly? EndedOn, bool OpenEnded, IReadOnlyList<PartyView> Parties, PlaceView? Geography,
    IReadOnlyList<string> Missing,
    DateOnly? LastConfirmedOn, int? EndYear, bool AutoRenews, bool Synthetic, string Provenance)
{
    internal static EntryLine Of(Entry entry) => new(
        entry.EntryId.Value, entry.Title, entry.Purpose, entry.Challenge, entry.Area, entry.TargetAge, entry.Status,
        entry.StartsOn,
        entry.StartYear ?? entry.StartsOn?.Year, entry.EndsOn, entry.EndedOn, entry.OpenEnded, PartyView.Of(entry),
        PlaceView.Of(entry), entry.Missing,
        entry.LastConfirmedOn, entry.EndYear, entry.AutoRenews, entry.Synthetic, entry.Provenance);
}

/// <summary>A party: once per legal person and unit, however many agreements it has signed.</summary>
public sealed record PartyView(
    Guid OrganisationId, string Name, OrganisationKind Kind, string? UnitName, string? Number, string? Body,
    string? MunicipalityCode, string? CountyCode, string? Federation)
{
    internal static IReadOnlyList<PartyView> Of(Entry entry) =>
    [
        .. entry.Agreements.OrderByDescending(agreement => agreement.StartsOn).SelectMany(agreement => agreement.Parties)
            .DistinctBy(party => (party.OrganisationId, Unit: party.UnitId?.ToString() ?? party.UnitName))
            .OrderBy(party => party.Kind is OrganisationKind.IdeaDriven ? 0 : 1).ThenBy(party => party.Name, PlaceList.Swedish)
            .ThenBy(party => party.UnitName, PlaceList.Swedish)
            .Select(party => new PartyView(party.OrganisationId.Value, party.Name, party.Kind, party.UnitName, party.Number,
                party.Body, party.MunicipalityCode, party.CountyCode, party.Federation)),
    ];
}

public sealed record PlaceView(string? MunicipalityCode, string? CountyCode, string? Name)
{
    internal static PlaceView? Of(Entry entry) =>
        entry.CountyCode is null ? null : new PlaceView(entry.MunicipalityCode, entry.CountyCode, entry.PlaceName);
}

/// <summary>A whole entry.</summary>
public sealed record EntryView(
    Guid Id, string Title, string? Purpose, string? Challenge, string? TargetGroup, string? Area, string? TargetAge,
    EntryStatus Status,
    DateOnly? StartsOn, int? StartYear, DateOnly? EndsOn, DateOnly? EndedOn, bool OpenEnded, PlaceView? Geography,
    string Provenance,
    DateOnly? LastConfirmedOn, IReadOnlyList<PartyView> Parties, IReadOnlyList<ResourceView> Resources,
    IReadOnlyList<AgreementLine> Agreements,
    IReadOnlyList<EventView> History, IReadOnlyList<string> Missing, int? EndYear, bool AutoRenews, int? Renewals,
    bool National, IReadOnlyList<string> MorePlaces, bool Synthetic, AdditionsView Additions, IReadOnlyList<LinkView> Links,
    IReadOnlyList<TakenOverView> TakenOver)
{
    /// <summary>As it stands now; links to other entries are looked up by who shows it.</summary>
    internal static EntryView Of(Entry entry, IReadOnlyList<LinkView>? links = null) => new(
        entry.EntryId.Value, entry.Title, entry.Purpose, entry.Challenge, entry.TargetGroup, entry.Area, entry.TargetAge,
        entry.Status, entry.StartsOn,
        entry.StartYear ?? entry.StartsOn?.Year, entry.EndsOn, entry.EndedOn, entry.OpenEnded, PlaceView.Of(entry),
        entry.Provenance,
        entry.LastConfirmedOn, PartyView.Of(entry), ResourceView.Of(entry),
        [.. entry.Agreements.Where(agreement => agreement.VersionHash is not null).OrderBy(agreement => agreement.StartsOn)
            .Select(AgreementLine.Of)], EventView.Of(entry),
        entry.Missing, entry.EndYear, entry.AutoRenews, entry.Renewals, entry.National, entry.MorePlaces, entry.Synthetic,
        AdditionsView.Of(entry), links ?? [],
        [.. entry.TakenOverFrom.Select(one => new TakenOverView(one.Field, one.From.Value))]);
}

/// <summary>What no agreement says. The responsible is a function with its mailbox; who classified is an organisation.</summary>
public sealed record AdditionsView(
    IReadOnlyList<string> SecondaryAreas, IReadOnlyList<string> SecondaryAges, IReadOnlyList<string> Tags,
    string? PublicMandate, string? PolicyBasis, string? PolicyText, string? Complements, string? Initiator,
    string? ResponsibleFunction, string? ResponsibleMailbox, string? ClassifiedBy, string? ClassifiedOnText,
    Guid? FollowsEntryId, Guid? GrewOutOfEntryId, IReadOnlyList<DocumentWords> Documents)
{
    internal static AdditionsView Of(Entry entry) => new(
        entry.SecondaryAreas, entry.SecondaryAges, entry.Tags, entry.PublicMandate, entry.PolicyBasis, entry.PolicyText,
        entry.Complements, entry.Initiator, entry.ResponsibleFunction, entry.ResponsibleMailbox, entry.ClassifiedBy,
        entry.ClassifiedOnText, entry.FollowsEntryId?.Value, entry.GrewOutOfEntryId?.Value,
        [.. entry.Documents.OrderBy(document => document.Number)
            .Select(document => new DocumentWords(document.Kind, document.Title, document.Address))]);
}

/// <summary>Another entry this one hangs together with: follows, followed-by, grew-out-of,
/// grew-into, merged-into or merged-with.</summary>
public sealed record LinkView(string Kind, Guid Id, string Title);

/// <summary>What this entry itself does not say: it comes from one that is merged into it.</summary>
public sealed record TakenOverView(string Field, Guid FromEntryId);

/// <summary>An agreement of the partnership; the hash is that of the version that was signed.</summary>
public sealed record AgreementLine(
    string Title, DateOnly SignedOn, DateOnly StartsOn, DateOnly? EndsOn, bool AutoRenews, DateOnly? EndedOn, string VersionHash)
{
    internal static AgreementLine Of(EntryAgreement agreement) => new(
        agreement.Title, agreement.SignedOn ?? default, agreement.StartsOn ?? default, agreement.EndsOn, agreement.AutoRenews,
        agreement.EndedOn, agreement.VersionHash ?? "");
}

/// <summary>What a party brings. No amount means that none was stated, not that it is nothing.</summary>
public sealed record ResourceView(
    string PartyName, OrganisationKind PartyKind, string Kind, string Description, string? AmountPerYear, string Currency,
    int? HoursPerYear, string? AmountInTotal)
{
    internal static IReadOnlyList<ResourceView> Of(Entry entry) =>
    [
        .. from agreement in entry.Agreements
           orderby agreement.StartsOn
           from resource in agreement.Resources.OrderBy(resource => resource.Number)
           let party = agreement.Parties.FirstOrDefault(party => party.PartyId == resource.PartyId)
           let side = party?.Kind ?? resource.Side
           where side is not null
           select new ResourceView(
               party?.Name ?? Side(agreement, side.Value), side.Value, resource.Kind, resource.Description,
               Amount(resource.OrePerYear), "SEK", resource.HoursPerYear, Amount(resource.OreTotal)),
    ];

    private static string Side(EntryAgreement agreement, OrganisationKind side) =>
        string.Join(", ", agreement.Parties.Where(party => party.Kind == side).Select(party => party.Name)
            .Distinct(StringComparer.Ordinal).Order(PlaceList.Swedish));

    private static string? Amount(long? ore) => ore is { } value ? Money.Ore(value).ToDecimalString() : null;
}

/// <summary>Something that happened: signed, in-force, renegotiation, accession, withdrawal, renewal, adjustment, ended,
/// rescinded or notice.</summary>
public sealed record EventView(DateOnly On, string What)
{
    internal static IReadOnlyList<EventView> Of(Entry entry) =>
        [.. entry.Agreements.SelectMany(OfOne).OrderBy(happened => happened.On)];

    private static IEnumerable<EventView> OfOne(EntryAgreement agreement)
    {
        if (agreement.SignedOn is { } signed) yield return new EventView(signed, "signed");
        if (agreement.StartsOn is { } starts) yield return new EventView(starts, "in-force");
        foreach (var change in agreement.Changes) yield return new EventView(change.OnDay, change.Kind);
        if (agreement.EndedOn is { } ended) yield return new EventView(ended, agreement.HowEnded ?? "ended");
    }
}
