using MassTransit;

namespace Iop.Contracts.FollowUp;

/// <summary>A measuring period of an outcome contract is over, and nobody has reported its outcomes.</summary>
/// <remarks>Told by FollowUp. Heard by Notifications.</remarks>
[MessageUrn("iop:follow-up:measurement-due:v1"), EntityName("iop.follow-up.measurement-due.v1")]
public sealed record MeasurementDue
{
    public required Guid ContractId { get; init; }

    /// <summary>Always 1: a period is told of once in each stage.</summary>
    public required long Sequence { get; init; }

    public required string ContractTitle { get; init; }

    public required string PeriodKey { get; init; }

    /// <summary>The period's last day.</summary>
    public required DateOnly EndedOn { get; init; }

    /// <summary>due, overdue, or none when it is expected no more.</summary>
    public required string Stage { get; init; }

    /// <summary>Those who may report: payers, payees and providers.</summary>
    public required IReadOnlyList<Guid> Organisations { get; init; }
}
