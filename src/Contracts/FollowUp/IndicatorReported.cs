using MassTransit;

namespace Iop.Contracts.FollowUp;

/// <summary>A party has reported an indicator.</summary>
/// <remarks>Told by FollowUp. Heard by Notifications.</remarks>
[MessageUrn("iop:follow-up:indicator-reported:v1"), EntityName("iop.follow-up.indicator-reported.v1")]
public sealed record IndicatorReported
{
    public required Guid IndicatorId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Name { get; init; }

    public required string PeriodKey { get; init; }

    public required Guid OrganisationId { get; init; }
}
