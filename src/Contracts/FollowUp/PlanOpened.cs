using MassTransit;

namespace Iop.Contracts.FollowUp;

/// <summary>Follow-up of an agreement in force has begun.</summary>
/// <remarks>Told by FollowUp. Heard by Notifications.</remarks>
[MessageUrn("iop:follow-up:plan-opened:v1"), EntityName("iop.follow-up.plan-opened.v1")]
public sealed record PlanOpened
{
    public required Guid PlanId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required Guid AgreementId { get; init; }

    public required string Title { get; init; }

    public required IReadOnlyList<Guid> Organisations { get; init; }
}
