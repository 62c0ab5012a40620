using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>A person has signed for a party.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:agreement-signature-given:v1"), EntityName("iop.agreements.agreement-signature-given.v1")]
public sealed record AgreementSignatureGiven
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    public required Guid PartyId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>For this party.</summary>
    public required int PartySignaturesMissing { get; init; }
}
