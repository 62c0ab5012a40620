using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>A reviewer has looked at the fixed version, or was released from it.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:version-reviewed:v1"), EntityName("iop.agreements.version-reviewed.v1")]
public sealed record VersionReviewed
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required Guid ReviewerId { get; init; }

    public required Guid PartyId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid PersonId { get; init; }
}
