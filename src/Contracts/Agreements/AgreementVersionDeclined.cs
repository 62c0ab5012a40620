using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>A signatory has said no to the opened version. Nobody can sign it any more.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:agreement-version-declined:v1"), EntityName("iop.agreements.agreement-version-declined.v1")]
public sealed record AgreementVersionDeclined
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    public required string VersionHash { get; init; }

    public required Guid PartyId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid PersonId { get; init; }

    public required string Reason { get; init; }
}
