using MassTransit;

namespace Iop.Contracts.FollowUp;

/// <summary>A party has noted that something turned out otherwise than planned.</summary>
/// <remarks>Told by FollowUp. Heard by Notifications.</remarks>
[MessageUrn("iop:follow-up:deviation-raised:v1"), EntityName("iop.follow-up.deviation-raised.v1")]
public sealed record DeviationRaised
{
    public required Guid DeviationId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required Guid AgreementId { get; init; }

    public required string Title { get; init; }

    /// <summary>Who raised it.</summary>
    public required Guid OrganisationId { get; init; }
}
