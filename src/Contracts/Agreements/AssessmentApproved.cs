using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>A lawyer of a public party has approved the legal assessment.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:assessment-approved:v1"), EntityName("iop.agreements.assessment-approved.v1")]
public sealed record AssessmentApproved
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>Legal persons that have yet to approve.</summary>
    public required int ApprovalsMissing { get; init; }
}
