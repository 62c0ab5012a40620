using MassTransit;

namespace Iop.Contracts.Identity;

/// <summary>A person has (or no longer has) roles in an organisation or unit.</summary>
/// <remarks>Told by Identity. Heard by Notifications (whom to tell) and by whoever shows names.</remarks>
[MessageUrn("iop:identity:membership-changed:v1"), EntityName("iop.identity.membership-changed.v1")]
public sealed record MembershipChanged
{
    public required Guid MembershipId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PersonId { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    /// <summary>sv or en.</summary>
    public required string Language { get; init; }

    public required Guid OrganisationId { get; init; }

    public Guid? UnitId { get; init; }

    /// <summary>Empty when the membership has ended.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The version of the person that name, address and language are of.</summary>
    public long PersonVersion { get; init; }
}
