using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>Every question of the legal assessment has an answer; the lawyers of the public parties are to approve it.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:assessment-completed:v1"), EntityName("iop.agreements.assessment-completed.v1")]
public sealed record AssessmentCompleted
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    /// <summary>What is to be approved: assessment and draft.</summary>
    public required string AssessedHash { get; init; }

    public required IReadOnlyList<AssessmentCompletedApprover> Approvers { get; init; }
}

/// <summary>A public party whose lawyer approves.</summary>
public sealed record AssessmentCompletedApprover
{
    public required Guid OrganisationId { get; init; }

    public Guid? UnitId { get; init; }
}
