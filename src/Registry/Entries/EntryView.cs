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
    DateOnly? LastConfirmedOn)
{
    internal static EntryLine Of(Entry entry) => new(
        entry.EntryId.Value, entry.Title, entry.Purpose, entry.Challenge, entry.Area, entry.TargetAge, entry.Status,
        entry.StartsOn,
        entry.StartYear ?? entry.StartsOn?.Year, entry.EndsOn, entry.EndedOn, entry.OpenEnded, PartyView.Of(entry),
        PlaceView.Of(entry), entry.Missing,
        entry.LastConfirmedOn);
}

/// <summary>A party: once per legal person and unit, however many agreements it has signed.</summary>
public sealed record PartyView(Guid OrganisationId, string Name, OrganisationKind Kind, string? UnitName)
{
    internal static IReadOnlyList<PartyView> Of(Entry entry) =>
    [
        .. entry.Agreements.OrderByDescending(agreement => agreement.StartsOn).SelectMany(agreement => agreement.Parties)
            .DistinctBy(party => (party.OrganisationId, party.UnitId))
            .OrderBy(party => party.Kind is OrganisationKind.IdeaDriven ? 0 : 1).ThenBy(party => party.Name, PlaceList.Swedish)
            .Select(party => new PartyView(party.OrganisationId.Value, party.Name, party.Kind, party.UnitName)),
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
    IReadOnlyList<EventView> History, IReadOnlyList<string> Missing)
{
    internal static EntryView Of(Entry entry) => new(
        entry.EntryId.Value, entry.Title, entry.Purpose, entry.Challenge, entry.TargetGroup, entry.Area, entry.TargetAge,
        entry.Status, entry.StartsOn,
        entry.StartYear ?? entry.StartsOn?.Year, entry.EndsOn, entry.EndedOn, entry.OpenEnded, PlaceView.Of(entry),
        entry.Provenance,
        entry.LastConfirmedOn, PartyView.Of(entry), ResourceView.Of(entry),
        [.. entry.Agreements.OrderBy(agreement => agreement.StartsOn).Select(AgreementLine.Of)], EventView.Of(entry),
        entry.Missing);
}

/// <summary>An agreement of the partnership; the hash is that of the version that was signed.</summary>
public sealed record AgreementLine(
    string Title, DateOnly SignedOn, DateOnly StartsOn, DateOnly? EndsOn, bool AutoRenews, DateOnly? EndedOn, string VersionHash)
{
    internal static AgreementLine Of(EntryAgreement agreement) => new(
        agreement.Title, agreement.SignedOn, agreement.StartsOn, agreement.EndsOn, agreement.AutoRenews, agreement.EndedOn,
        agreement.VersionHash);
}

/// <summary>What a party brings. No amount means that none was stated, not that it is nothing.</summary>
public sealed record ResourceView(
    string PartyName, OrganisationKind PartyKind, string Kind, string Description, string? AmountPerYear, string Currency,
    int? HoursPerYear)
{
    internal static IReadOnlyList<ResourceView> Of(Entry entry) =>
    [
        .. from agreement in entry.Agreements
           orderby agreement.StartsOn
           from resource in agreement.Resources.OrderBy(resource => resource.Number)
           let party = agreement.Parties.FirstOrDefault(party => party.PartyId == resource.PartyId)
           where party is not null
           select new ResourceView(
               party.Name, party.Kind, resource.Kind, resource.Description, Amount(resource.OrePerYear), "SEK",
               resource.HoursPerYear),
    ];

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
        yield return new EventView(agreement.SignedOn, "signed");
        yield return new EventView(agreement.StartsOn, "in-force");
        foreach (var change in agreement.Changes) yield return new EventView(change.OnDay, change.Kind);
        if (agreement.EndedOn is { } ended) yield return new EventView(ended, agreement.HowEnded ?? "ended");
    }
}
