using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>A governance body has adopted or changed a plan.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:intervention-plan-adopted:v1"), EntityName("iop.agreements.intervention-plan-adopted.v1")]
public sealed record InterventionPlanAdopted
{
    public required Guid PlanId { get; init; }

    /// <summary>The plan's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid AgreementId { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    /// <summary>Which version of the plan, from 1.</summary>
    public required int Number { get; init; }

    public required DateOnly StartsOn { get; init; }

    public required DateOnly EndsOn { get; init; }

    /// <summary>The plan goes beyond what is signed, and needs renegotiation.</summary>
    public required bool LeavesTheFrame { get; init; }

    /// <summary>Whose people wrote it down.</summary>
    public required Guid OrganisationId { get; init; }
}
