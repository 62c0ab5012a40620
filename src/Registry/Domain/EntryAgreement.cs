using Iop.Kernel;

namespace Iop.Registry.Domain;

/// <summary>An agreement of the partnership, as it was signed.</summary>
public sealed class EntryAgreement
{
    private readonly List<EntryParty> _parties = [];
    private readonly List<EntryResource> _resources = [];

    public required Guid AgreementId { get; init; }

    public required EntryId EntryId { get; init; }

    public required string Title { get; init; }

    public required string Purpose { get; init; }

    public required string Challenge { get; init; }

    public required string TargetGroup { get; init; }

    public string? Area { get; init; }

    public string? TargetAge { get; init; }

    public string? MunicipalityCode { get; init; }

    public string? CountyCode { get; init; }

    public required string VersionHash { get; init; }

    public required DateOnly SignedOn { get; init; }

    public required DateOnly StartsOn { get; init; }

    public DateOnly? EndsOn { get; init; }

    public required bool AutoRenews { get; init; }

    public DateOnly? EndedOn { get; private set; }

    /// <summary>ended, rescinded or notice.</summary>
    public string? HowEnded { get; private set; }

    public IReadOnlyList<EntryParty> Parties => _parties;

    public IReadOnlyList<EntryResource> Resources => _resources;

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

    internal void End(DateOnly endedOn, string how) => (EndedOn, HowEnded) = (endedOn, how);
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
}

/// <summary>What a party brings; not stated is a value of its own.</summary>
public sealed class EntryResource
{
    public required Guid AgreementId { get; init; }

    public required int Number { get; init; }

    public required Guid PartyId { get; init; }

    public required string Kind { get; init; }

    public required string Description { get; init; }

    public long? OrePerYear { get; init; }

    public int? HoursPerYear { get; init; }
}
