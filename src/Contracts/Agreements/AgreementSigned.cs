using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>All parties have signed. In force is another fact: when the start date has come.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:agreement-signed:v1"), EntityName("iop.agreements.agreement-signed.v1")]
public sealed record AgreementSigned
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    public required string VersionHash { get; init; }

    public required DateOnly StartsOn { get; init; }

    public DateOnly? EndsOn { get; init; }
}
