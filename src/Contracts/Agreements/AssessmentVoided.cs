using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>Something has been changed since lawyers approved the legal assessment: they are to look at it again.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:assessment-voided:v1"), EntityName("iop.agreements.assessment-voided.v1")]
public sealed record AssessmentVoided
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    /// <summary>Legal persons whose approval no longer covers what lies there.</summary>
    public required IReadOnlyList<Guid> Organisations { get; init; }
}
