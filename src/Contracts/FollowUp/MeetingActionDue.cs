using MassTransit;

namespace Iop.Contracts.FollowUp;

/// <summary>What a party was to do after a meeting is due tomorrow, or it is done.</summary>
/// <remarks>Told by FollowUp. Heard by Notifications.</remarks>
[MessageUrn("iop:follow-up:meeting-action-due:v1"), EntityName("iop.follow-up.meeting-action-due.v1")]
public sealed record MeetingActionDue
{
    public required Guid ActionId { get; init; }

    /// <summary>The action's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required Guid MeetingId { get; init; }

    public required string What { get; init; }

    /// <summary>The party that answers for it.</summary>
    public required Guid OrganisationId { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <summary>soon or done.</summary>
    public required string Stage { get; init; }
}
