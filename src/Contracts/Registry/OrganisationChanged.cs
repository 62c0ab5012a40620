using MassTransit;

namespace Iop.Contracts.Registry;

/// <summary>An organisation was registered or changed.</summary>
/// <remarks>Told by Registry. Heard by Identity, Agreements, FollowUp, OutcomeFinance and Notifications, which keep names and
/// kinds.</remarks>
[MessageUrn("iop:registry:organisation-changed:v1"), EntityName("iop.registry.organisation-changed.v1")]
public sealed record OrganisationChanged
{
    public required Guid OrganisationId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    /// <summary>Ten digits.</summary>
    public required string Number { get; init; }

    public required string Name { get; init; }

    /// <summary>public, idea-driven or private.</summary>
    public required string Kind { get; init; }

    /// <summary>Four digits (SCB), for municipalities and local bodies.</summary>
    public string? MunicipalityCode { get; init; }

    /// <summary>Two digits (SCB).</summary>
    public string? CountyCode { get; init; }

    public required IReadOnlyList<OrganisationChangedUnit> Units { get; init; }
}

/// <summary>An acting part of the organisation.</summary>
public sealed record OrganisationChangedUnit
{
    public required Guid UnitId { get; init; }

    public required string Name { get; init; }
}
