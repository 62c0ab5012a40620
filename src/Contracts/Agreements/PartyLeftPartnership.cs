using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>A party has left the last agreement it was in, and with it the partnership.</summary>
/// <remarks>Told by Agreements. Heard by FollowUp and Notifications: it sees and hears no more of it. Should it come back,
/// <see cref="PartyJoinedPartnership"/> says so, by the same count.</remarks>
[MessageUrn("iop:agreements:party-left-partnership:v1"), EntityName("iop.agreements.party-left-partnership.v1")]
public sealed record PartyLeftPartnership
{
    public required Guid PartnershipId { get; init; }

    /// <summary>The partnership's version: of what is told of one party, the newest holds.</summary>
    public required long Sequence { get; init; }

    public required string PartnershipTitle { get; init; }

    public required Guid PartyId { get; init; }

    public required Guid OrganisationId { get; init; }

    public Guid? UnitId { get; init; }

    /// <summary>The first day without it.</summary>
    public required DateOnly LeftOn { get; init; }
}
