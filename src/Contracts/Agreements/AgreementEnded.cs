using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>The agreement is no longer in force.</summary>
/// <remarks>Told by Agreements. Heard by Registry, FollowUp and Notifications.</remarks>
[MessageUrn("iop:agreements:agreement-ended:v1"), EntityName("iop.agreements.agreement-ended.v1")]
public sealed record AgreementEnded
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    public required DateOnly EndedOn { get; init; }

    /// <summary>ended, rescinded or notice.</summary>
    public required string How { get; init; }
}
