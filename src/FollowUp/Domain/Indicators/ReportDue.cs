namespace Iop.FollowUp.Domain.Indicators;

/// <summary>How near a report's day is.</summary>
internal enum DueStage
{
    Set,
    Soon,
    Overdue,
}

/// <summary>The report that is to come next (nästa rapport).</summary>
/// <param name="On">The period's last day.</param>
internal sealed record ReportDue(string PeriodKey, DateOnly On)
{
    private const int SoonDays = 7;

    /// <summary>The days on which it turns into something else to tell.</summary>
    public IReadOnlyList<DateOnly> Turns => [On.AddDays(-SoonDays), On.AddDays(1)];

    public DueStage StageOn(DateOnly today) =>
        today > On ? DueStage.Overdue : today >= On.AddDays(-SoonDays) ? DueStage.Soon : DueStage.Set;
}
