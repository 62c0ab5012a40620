using MassTransit;

namespace Iop.Contracts.FollowUp;

/// <summary>It is the day before a meeting.</summary>
/// <remarks>Told by FollowUp. Heard by Notifications.</remarks>
[MessageUrn("iop:follow-up:meeting-approaches:v1"), EntityName("iop.follow-up.meeting-approaches.v1")]
public sealed record MeetingApproaches
{
    public required Guid MeetingId { get; init; }

    /// <summary>The meeting's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Topic { get; init; }

    public required DateOnly HeldOn { get; init; }

    /// <summary>The time of day as Swedish clocks show it, HH:mm.</summary>
    public required string Clock { get; init; }
}
