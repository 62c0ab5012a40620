using MassTransit;

namespace Iop.Contracts.FollowUp;

/// <summary>An indicator's next report has a day: it was set or moved, it comes near, or it has passed.</summary>
/// <remarks>Told by FollowUp. Heard by Notifications.</remarks>
[MessageUrn("iop:follow-up:indicator-report-due:v1"), EntityName("iop.follow-up.indicator-report-due.v1")]
public sealed record IndicatorReportDue
{
    public required Guid IndicatorId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Name { get; init; }

    /// <summary>set, soon or overdue; none when nothing more is to be reported.</summary>
    public required string Stage { get; init; }

    /// <summary>The period that is to be reported next.</summary>
    public string? PeriodKey { get; init; }

    /// <summary>Its last day, by which the report is due.</summary>
    public DateOnly? DueOn { get; init; }
}
