using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>All have signed and the start date has come.</summary>
/// <remarks>Told by Agreements. Heard by Registry (the entry follows the agreement), FollowUp (the plan opens) and
/// Notifications.</remarks>
[MessageUrn("iop:agreements:agreement-entered-into-force:v1"), EntityName("iop.agreements.agreement-entered-into-force.v1")]
public sealed record AgreementEnteredIntoForce
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    public required string VersionHash { get; init; }

    public required DateOnly SignedOn { get; init; }

    public required DateOnly StartsOn { get; init; }

    public DateOnly? EndsOn { get; init; }

    public required bool AutoRenews { get; init; }

    /// <summary>The last day on which notice can be given for this term; null when there is none.</summary>
    public DateOnly? LastDateOfNotice { get; init; }

    /// <summary>Goals, as signed.</summary>
    public required string Purpose { get; init; }

    public required string Challenge { get; init; }

    public required string TargetGroup { get; init; }

    /// <summary>Primary intervention area, one of the eight codes of the register.</summary>
    public string? Area { get; init; }

    /// <summary>0-25, 26-65, over-65 or all.</summary>
    public string? TargetAge { get; init; }

    /// <summary>Where it is, if one municipality.</summary>
    public string? MunicipalityCode { get; init; }

    /// <summary>Where it is, if one region.</summary>
    public string? CountyCode { get; init; }

    public required IReadOnlyList<AgreementEnteredIntoForceParty> Parties { get; init; }

    public required IReadOnlyList<AgreementEnteredIntoForceContribution> Contributions { get; init; }
}

/// <summary>A party, as it stood then.</summary>
public sealed record AgreementEnteredIntoForceParty
{
    public required Guid PartyId { get; init; }

    public required Guid OrganisationId { get; init; }

    public Guid? UnitId { get; init; }

    public required string Name { get; init; }

    /// <summary>public, idea-driven or private.</summary>
    public required string Kind { get; init; }
}

/// <summary>What a party contributes.</summary>
public sealed record AgreementEnteredIntoForceContribution
{
    public required Guid PartyId { get; init; }

    /// <summary>money, premises, administration, labour, material, competence, volunteer-work, digital-tools, trust or
    /// networks.</summary>
    public required string Kind { get; init; }

    public required string Description { get; init; }

    /// <summary>Value in öre a year; null when not stated.</summary>
    public long? OrePerYear { get; init; }

    /// <summary>For volunteer work and labour; null when not stated.</summary>
    public int? HoursPerYear { get; init; }
}
