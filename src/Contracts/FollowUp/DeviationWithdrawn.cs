using MassTransit;

namespace Iop.Contracts.FollowUp;

/// <summary>A party has taken back a deviation that it had raised by mistake.</summary>
/// <remarks>Told by FollowUp. Heard by Notifications.</remarks>
[MessageUrn("iop:follow-up:deviation-withdrawn:v1"), EntityName("iop.follow-up.deviation-withdrawn.v1")]
public sealed record DeviationWithdrawn
{
    public required Guid DeviationId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required Guid AgreementId { get; init; }

    public required string Title { get; init; }

    /// <summary>Who raised it, and takes it back.</summary>
    public required Guid OrganisationId { get; init; }
}
