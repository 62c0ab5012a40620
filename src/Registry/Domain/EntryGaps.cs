using Iop.Kernel;

namespace Iop.Registry.Domain;

/// <summary>Where an entry says nothing, what is merged into it speaks: taken over field by field, with where it came from, and
/// given back when the two are taken apart.</summary>
public sealed partial class Entry
{
    /// <summary>A field and the entry that it came from, as they are kept.</summary>
    public IReadOnlyList<string> TakenOver { get; private set; } = [];

    public IEnumerable<(string Field, EntryId From)> TakenOverFrom => TakenOver.Select(one => one.Split(' '))
        .Select(one => (one[0], new EntryId(Guid.Parse(one[1]))));

    /// <summary>Fills its gaps from what is merged into it now, the oldest first; what came from others before is given back.
    /// What is signed here follows its agreement, and takes over only what no agreement says.</summary>
    public void FillGapsFrom(IEnumerable<Entry> merged, DateOnly today)
    {
        var before = TakenOver;
        foreach (var (field, _) in TakenOverFrom.ToList()) All.First(gap => gap.Field == field).GiveBack(this);
        var taken = new List<string>();
        foreach (var other in merged.OrderBy(entry => entry.EntryId.Value))
        {
            foreach (var gap in All.Where(gap => (gap.IsAddition || !IsSignedHere) && gap.IsIn(this) && !gap.IsIn(other)))
            {
                gap.Take(this, other);
                if (IsBackwards) gap.GiveBack(this); // its end lies before our beginning: another period
                else taken.Add($"{gap.Field} {other.EntryId.Value}");
            }
        }
        TakenOver = taken;
        if (taken.Count + before.Count == 0) return;
        NoteMissing();
        Settle(today);
        Version++;
    }

    private bool IsBackwards => Life is { From: { } from, Last: { } last } && last < from;

    /// <summary>What may be lacking: when it is, how it is taken from another, and how it is as if nobody had said it.</summary>
    private sealed record Gap(string Field, Func<Entry, bool> IsIn, Action<Entry, Entry> Take, Action<Entry> GiveBack)
    {
        public bool IsAddition { get; init; }
    }

    private static readonly IReadOnlyList<Gap> All =
    [
        new("purpose", one => one.Purpose is null, (one, other) => one.Purpose = other.Purpose, one => one.Purpose = null),
        new("challenge", one => one.Challenge is null, (one, other) => one.Challenge = other.Challenge,
            one => one.Challenge = null),
        new("targetGroup", one => one.TargetGroup is null, (one, other) => one.TargetGroup = other.TargetGroup,
            one => one.TargetGroup = null),
        new("area", one => one.Area is null, (one, other) => one.Area = other.Area, one => one.Area = null),
        new("targetAge", one => one.TargetAge is null, (one, other) => one.TargetAge = other.TargetAge,
            one => one.TargetAge = null),
        new("geography", one => one is { MunicipalityCode: null, CountyCode: null, National: false, MorePlaces.Count: 0 },
            (one, other) => one.Lie(other.MunicipalityCode, other.CountyCode, other.PlaceName, other.National, other.MorePlaces),
            one => one.Lie(null, null, null, false, [])),
        new("startsOn", one => one is { StartsOn: null, StartYear: null },
            (one, other) => one.Begin(other.StartsOn, other.StartYear), one => one.Begin(null, null)),
        new("endsOn", one => one is { EndsOn: null, EndYear: null, EndedOn: null, OpenEnded: false, AutoRenews: false },
            (one, other) => one.Cease(other.EndsOn, other.EndYear, other.EndedOn, other.OpenEnded, other.AutoRenews),
            one => one.Cease(null, null, null, false, false)),
        new("renewals", one => one.Renewals is null, (one, other) => one.Renewals = other.Renewals, one => one.Renewals = null),
        new("resources", one => one._agreements.TrueForAll(agreement => agreement.Resources.Count == 0),
            (one, other) => one.TakeResources(other), one => one._agreements[0].ClearResources()),
        Side("public-party", OrganisationKind.Public), Side("idea-driven-party", OrganisationKind.IdeaDriven),
        Added("secondaryAreas", one => one.SecondaryAreas.Count == 0, (one, other) => one.SecondaryAreas = other.SecondaryAreas,
            one => one.SecondaryAreas = []),
        Added("secondaryAges", one => one.SecondaryAges.Count == 0, (one, other) => one.SecondaryAges = other.SecondaryAges,
            one => one.SecondaryAges = []),
        Added("tags", one => one.Tags.Count == 0, (one, other) => one.Tags = other.Tags, one => one.Tags = []),
        Added("publicMandate", one => one.PublicMandate is null, (one, other) => one.PublicMandate = other.PublicMandate,
            one => one.PublicMandate = null),
        Added("policyBasis", one => one is { PolicyBasis: null, PolicyText: null },
            (one, other) => (one.PolicyBasis, one.PolicyText) = (other.PolicyBasis, other.PolicyText),
            one => (one.PolicyBasis, one.PolicyText) = (null, null)),
        Added("complements", one => one.Complements is null, (one, other) => one.Complements = other.Complements,
            one => one.Complements = null),
        Added("initiator", one => one.Initiator is null, (one, other) => one.Initiator = other.Initiator,
            one => one.Initiator = null),
        Added("responsibleFunction", one => one is { ResponsibleFunction: null, ResponsibleMailbox: null },
            (one, other) => (one.ResponsibleFunction, one.ResponsibleMailbox) = (other.ResponsibleFunction,
                other.ResponsibleMailbox), one => (one.ResponsibleFunction, one.ResponsibleMailbox) = (null, null)),
        Added("classifiedBy", one => one.ClassifiedBy is null, (one, other) => one.ClassifiedBy = other.ClassifiedBy,
            one => one.ClassifiedBy = null),
        Added("classifiedOnText", one => one.ClassifiedOnText is null,
            (one, other) => one.ClassifiedOnText = other.ClassifiedOnText, one => one.ClassifiedOnText = null),
        Added("documents", one => one._documents.Count == 0, (one, other) => one.TakeDocuments(other._documents),
            one => one._documents.Clear()),
    ];

    private static Gap Added(string field, Func<Entry, bool> isIn, Action<Entry, Entry> take, Action<Entry> giveBack) =>
        new(field, isIn, take, giveBack) { IsAddition = true };

    private static Gap Side(string field, OrganisationKind side) => new(field,
        one => !one._agreements.Exists(agreement => agreement.Parties.Any(party => party.Kind == side)),
        (one, other) => one.TakeParties(other, side), one => one.GiveBackParties(side));

    private void Lie(string? municipality, string? county, string? place, bool isNational, IReadOnlyList<string> more) =>
        (MunicipalityCode, CountyCode, PlaceName, National, MorePlaces) = (municipality, county, place, isNational, more);

    private void Begin(DateOnly? on, int? year) => (StartsOn, StartYear, _agreements[0].StartsOn) = (on, year, on);

    private void Cease(DateOnly? on, int? year, DateOnly? ended, bool isOpen, bool renews)
    {
        (EndsOn, EndYear, EndedOn, OpenEnded, AutoRenews) = (on, year, ended, isOpen, renews);
        (_agreements[0].EndsOn, _agreements[0].AutoRenews) = (on, renews);
    }

    /// <summary>What a party of the other brings, its side brings here.</summary>
    private void TakeResources(Entry other)
    {
        var theirs = other._agreements.SelectMany(agreement => agreement.Resources.OrderBy(resource => resource.Number).Select(
            resource => (resource, Side: resource.Side
                ?? agreement.Parties.FirstOrDefault(party => party.PartyId == resource.PartyId)?.Kind)));
        var own = _agreements[0];
        own.With(theirs.Select((one, at) => new EntryResource
        {
            AgreementId = own.AgreementId, Number = NextNumber + at, Side = one.Side, Kind = one.resource.Kind,
            Description = one.resource.Description, OrePerYear = one.resource.OrePerYear, OreTotal = one.resource.OreTotal,
            HoursPerYear = one.resource.HoursPerYear,
        }).ToList());
    }

    private void TakeParties(Entry other, OrganisationKind side)
    {
        var own = _agreements[0];
        var next = NextNumber + own.Parties.Count;
        var theirs = other._agreements.SelectMany(agreement => agreement.Parties).Where(party => party.Kind == side)
            .DistinctBy(party => (party.OrganisationId, party.UnitName)).OrderBy(party => party.PartyId)
            .Take(PartiesMax - own.Parties.Count);
        own.Between(theirs.Select((party, at) => new EntryParty
        {
            AgreementId = own.AgreementId, PartyId = PartyIdOf(own.AgreementId, next + at),
            OrganisationId = party.OrganisationId, UnitId = party.UnitId, Name = party.Name, UnitName = party.UnitName,
            Kind = party.Kind, Number = party.Number, Body = party.Body, MunicipalityCode = party.MunicipalityCode,
            CountyCode = party.CountyCode, Federation = party.Federation,
        }).ToList());
        NameParties();
    }

    private void GiveBackParties(OrganisationKind side)
    {
        _agreements[0].Leave(side);
        NameParties();
    }

    private void NameParties() => PartyNames = string.Join(", ", _agreements.SelectMany(agreement => agreement.Parties)
        .SelectMany(party => new[] { party.Name, party.UnitName }).OfType<string>().Distinct(StringComparer.Ordinal));

    private void TakeDocuments(IEnumerable<EntryDocument> theirs) => _documents.AddRange(theirs.OrderBy(one => one.Number)
        .Select((document, at) => new EntryDocument
        {
            EntryId = EntryId, Number = NextNumber + at, Kind = document.Kind, Title = document.Title, Address = document.Address,
        }));

    // Numbers are never used again: what goes and what comes are two rows. The version has not been here before.
    private int NextNumber => (int)Version * PartiesMax + 1;
}
