using Iop.Kernel;

namespace Iop.Registry.Domain;

/// <summary>An agreement of the partnership, as the version in force says.</summary>
public sealed class EntryAgreement
{
    private readonly List<EntryParty> _parties = [];
    private readonly List<EntryResource> _resources = [];
    private readonly List<EntryChange> _changes = [];

    public required Guid AgreementId { get; init; }

    public required EntryId EntryId { get; init; }

    public required string Title { get; set; }

    public required string Purpose { get; set; }

    public required string Challenge { get; set; }

    public required string TargetGroup { get; set; }

    public string? Area { get; set; }

    public string? TargetAge { get; set; }

    public string? MunicipalityCode { get; set; }

    public string? CountyCode { get; set; }

    /// <summary>Of the version signed here; none when it was signed elsewhere.</summary>
    public string? VersionHash { get; set; }

    public DateOnly? SignedOn { get; init; }

    public DateOnly? StartsOn { get; set; }

    public DateOnly? EndsOn { get; set; }

    public required bool AutoRenews { get; set; }

    public DateOnly? EndedOn { get; private set; }

    /// <summary>ended, rescinded or notice.</summary>
    public string? HowEnded { get; private set; }

    public IReadOnlyList<EntryParty> Parties => _parties;

    public IReadOnlyList<EntryResource> Resources => _resources;

    /// <summary>Versions that have taken over since it entered into force.</summary>
    public IReadOnlyList<EntryChange> Changes => _changes;

    public EntryAgreement Between(IEnumerable<EntryParty> parties)
    {
        _parties.AddRange(parties);
        return this;
    }

    public EntryAgreement With(IEnumerable<EntryResource> resources)
    {
        _resources.AddRange(resources);
        return this;
    }

    internal void Note(EntryChange change)
    {
        if (!_changes.Exists(known => known.VersionHash == change.VersionHash)) _changes.Add(change);
    }

    internal void End(DateOnly endedOn, string how) => (EndedOn, HowEnded) = (endedOn, how);

    /// <summary>The parties and resources are said anew.</summary>
    internal void Clear()
    {
        _parties.Clear();
        _resources.Clear();
    }

    internal void ClearResources() => _resources.Clear();

    internal void Leave(OrganisationKind side) => _parties.RemoveAll(party => party.Kind == side);
}

/// <summary>A new version that took over.</summary>
public sealed class EntryChange
{
    public required Guid AgreementId { get; init; }

    public required string VersionHash { get; init; }

    public required DateOnly OnDay { get; init; }

    /// <summary>renegotiation, accession, withdrawal, renewal or adjustment.</summary>
    public required string Kind { get; init; }
}

/// <summary>A party as it stood when the agreement was signed; counted per legal person.</summary>
public sealed class EntryParty
{
    public required Guid AgreementId { get; init; }

    public required Guid PartyId { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public Guid? UnitId { get; init; }

    public required string Name { get; init; }

    public string? UnitName { get; init; }

    public required OrganisationKind Kind { get; init; }

    /// <summary>As somebody has said it; a registered organisation's own word goes before.</summary>
    public string? Number { get; init; }

    public string? Body { get; init; }

    public string? MunicipalityCode { get; init; }

    public string? CountyCode { get; init; }

    public string? Federation { get; init; }
}

/// <summary>What a party brings; not stated is a value of its own.</summary>
public sealed class EntryResource
{
    public required Guid AgreementId { get; init; }

    public required int Number { get; init; }

    /// <summary>None where it is only known which side brings it.</summary>
    public Guid? PartyId { get; init; }

    public OrganisationKind? Side { get; init; }

    public required string Kind { get; init; }

    public required string Description { get; init; }

    public long? OrePerYear { get; init; }

    public long? OreTotal { get; init; }

    public int? HoursPerYear { get; init; }
}
