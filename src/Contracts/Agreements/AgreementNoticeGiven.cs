using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>A party has given notice: the agreement is in force for all until the last day.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:agreement-notice-given:v1"), EntityName("iop.agreements.agreement-notice-given.v1")]
public sealed record AgreementNoticeGiven
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    /// <summary>Who gave it.</summary>
    public required Guid OrganisationId { get; init; }

    public required string Reason { get; init; }

    public required DateOnly LastDay { get; init; }
}
