using MassTransit;

namespace Iop.Contracts.FollowUp;

/// <summary>The parties of an agreement are called to a meeting, or it was moved to another time or place.</summary>
/// <remarks>Told by FollowUp. Heard by Notifications.</remarks>
[MessageUrn("iop:follow-up:meeting-called:v1"), EntityName("iop.follow-up.meeting-called.v1")]
public sealed record MeetingCalled
{
    public required Guid MeetingId { get; init; }

    /// <summary>The meeting's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required Guid AgreementId { get; init; }

    /// <summary>called or moved.</summary>
    public required string What { get; init; }

    public required string Topic { get; init; }

    public required DateOnly HeldOn { get; init; }

    /// <summary>The time of day as Swedish clocks show it, HH:mm.</summary>
    public required string Clock { get; init; }

    /// <summary>The same as an instant.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Why it was moved.</summary>
    public string? Reason { get; init; }

    /// <summary>Who called or moved it.</summary>
    public required Guid OrganisationId { get; init; }
}
