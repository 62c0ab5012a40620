using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>The text of a declined version may be changed again.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:agreement-redrafted:v1"), EntityName("iop.agreements.agreement-redrafted.v1")]
public sealed record AgreementRedrafted
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }
}
