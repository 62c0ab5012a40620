using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>A new version of an agreement in force has taken over: renegotiated, joined, left, renewed or adjusted.</summary>
/// <remarks>Told by Agreements. Heard by Registry (the entry follows the agreement), FollowUp (so does the plan) and
/// Notifications.</remarks>
[MessageUrn("iop:agreements:agreement-changed:v1"), EntityName("iop.agreements.agreement-changed.v1")]
public sealed record AgreementChanged
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    /// <summary>renegotiation, accession, withdrawal, renewal or adjustment.</summary>
    public required string Kind { get; init; }

    /// <summary>signatures, decision, term or departure.</summary>
    public required string BindsBy { get; init; }

    public required string Reason { get; init; }

    public required string VersionHash { get; init; }

    public required string PreviousVersionHash { get; init; }

    /// <summary>The first day of the new version.</summary>
    public required DateOnly EffectiveOn { get; init; }

    /// <summary>The day all had signed, or it was decided.</summary>
    public required DateOnly SignedOn { get; init; }

    /// <summary>The term in force, from the agreement's first day.</summary>
    public required DateOnly StartsOn { get; init; }

    public DateOnly? EndsOn { get; init; }

    public required bool AutoRenews { get; init; }

    /// <summary>The last day on which notice can be given for this term; null when there is none.</summary>
    public DateOnly? LastDateOfNotice { get; init; }

    /// <summary>A renewal by itself without the talk that should have come before it.</summary>
    public required bool WithoutTalk { get; init; }

    /// <summary>A renewal by itself on an assessment older than the parties' limit.</summary>
    public required bool AssessmentTooOld { get; init; }

    /// <summary>Goals, as agreed.</summary>
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

    /// <summary>All parties from now on.</summary>
    public required IReadOnlyList<AgreementChangedParty> Parties { get; init; }

    public required IReadOnlyList<AgreementChangedContribution> Contributions { get; init; }
}

/// <summary>A party, as it stands from now on.</summary>
public sealed record AgreementChangedParty
{
    public required Guid PartyId { get; init; }

    public required Guid OrganisationId { get; init; }

    public Guid? UnitId { get; init; }

    public required string Name { get; init; }

    /// <summary>public, idea-driven or private.</summary>
    public required string Kind { get; init; }
}

/// <summary>What a party contributes.</summary>
public sealed record AgreementChangedContribution
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
