using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>A guest's last day is a week away; or, where that was told, somebody has moved it or ended the guest's time, or it
/// has passed. Who the guest is, is nobody's business here.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:guest-time-ends:v1"), EntityName("iop.agreements.guest-time-ends.v1")]
public sealed record GuestTimeEnds
{
    public required Guid GuestId { get; init; }

    /// <summary>The guest's version: of one guest the newest holds.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string PartnershipTitle { get; init; }

    /// <summary>soon or settled.</summary>
    public required string Stage { get; init; }

    /// <summary>The party that invited.</summary>
    public required Guid InviterOrganisationId { get; init; }

    public Guid? InviterUnitId { get; init; }

    /// <summary>Who invited for it; null where that is not known.</summary>
    public Guid? InviterPersonId { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly ToOn { get; init; }
}
