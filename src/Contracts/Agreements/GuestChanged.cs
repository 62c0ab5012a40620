using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>Somebody from outside has said yes to reading a partnership for some days; or the last day has been moved, or what
/// may be read; or the parties have ended it.</summary>
/// <remarks>Told by Agreements. Heard by FollowUp and OutcomeFinance, each for its part.</remarks>
[MessageUrn("iop:agreements:guest-changed:v1"), EntityName("iop.agreements.guest-changed.v1")]
public sealed record GuestChanged
{
    public required Guid GuestId { get; init; }

    /// <summary>The guest's version: the newest holds.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    /// <summary>The party that invited: of contracts a guest reads what that party reads.</summary>
    public required Guid InviterOrganisationId { get; init; }

    public Guid? InviterUnitId { get; init; }

    /// <summary>For whom the guest acts when reading.</summary>
    public required Guid OrganisationId { get; init; }

    public required Guid PersonId { get; init; }

    public required DateOnly FromOn { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly ToOn { get; init; }

    /// <summary>Reads plans, indicators and measurements.</summary>
    public required bool FollowUp { get; init; }

    /// <summary>Reads signed outcome contracts, what is owed and what is booked.</summary>
    public required bool Payments { get; init; }

    /// <summary>Ended before the last day; null when not.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
