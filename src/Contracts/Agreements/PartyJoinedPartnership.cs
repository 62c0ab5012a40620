using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>An organisation or unit was let into a partnership as a party, or one that had left has come back.</summary>
/// <remarks>Told by Agreements. Heard by FollowUp and Notifications.</remarks>
[MessageUrn("iop:agreements:party-joined-partnership:v1"), EntityName("iop.agreements.party-joined-partnership.v1")]
public sealed record PartyJoinedPartnership
{
    public required Guid PartnershipId { get; init; }

    /// <summary>The partnership's version: of what is told of one party, the newest holds.</summary>
    public required long Sequence { get; init; }

    public required string PartnershipTitle { get; init; }

    public required Guid PartyId { get; init; }

    public required Guid OrganisationId { get; init; }

    public Guid? UnitId { get; init; }

    /// <summary>public, idea-driven or private.</summary>
    public required string Kind { get; init; }
}
