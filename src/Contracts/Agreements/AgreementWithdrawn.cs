using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>The draft was taken back before all had signed.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:agreement-withdrawn:v1"), EntityName("iop.agreements.agreement-withdrawn.v1")]
public sealed record AgreementWithdrawn
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    public required string Reason { get; init; }
}
