using Iop.Contracts.FollowUp;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Indicators;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Planning;

/// <summary>A report's day comes near, or has passed.</summary>
internal sealed class TellWhenReportIsDue(FollowUpDb db, ReportsDue reports) : ITimerRings
{
    public const string Kind = "indicator-report-due";

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        // One who reports it just now comes before or after, not in between.
        await db.Database.ExecuteSqlAsync($"SELECT FROM indicator WHERE indicator_id = {subject} FOR UPDATE", cancel);
        var indicator = await db.Indicators.Include(one => one.Reports)
            .SingleAsync(one => one.Id == new IndicatorId(subject), cancel);
        await reports.Tell(await db.Plans.SingleAsync(plan => plan.Id == indicator.Plan, cancel), indicator, cancel);
    }
}

/// <summary>Tells the parties which report is due next and how near its day is (rapport ska lämnas), each once.</summary>
internal sealed class ReportsDue(FollowUpDb db, TimeProvider clock)
{
    /// <summary>Of all that a plan follows: it ends on another day, or has closed.</summary>
    public async Task TellAll(Plan plan, CancellationToken cancel)
    {
        var indicators = await db.Indicators.Include(one => one.Reports).Where(one => one.Plan == plan.Id).ToListAsync(cancel);
        foreach (var indicator in indicators) await Tell(plan, indicator, cancel);
    }

    public async Task Tell(Plan plan, Indicator indicator, CancellationToken cancel)
    {
        var (due, today) = (indicator.NextReport(plan), clock.Today());
        if (!indicator.IsNews(due, today)) return;
        db.Announce(indicator.Id.Value, indicator.Version, new IndicatorReportDue
        {
            IndicatorId = indicator.Id.Value,
            Sequence = indicator.Version,
            PartnershipId = indicator.Partnership.Value,
            Name = indicator.Name,
            Stage = due?.StageOn(today) switch
            {
                null => "none",
                DueStage.Set => "set",
                DueStage.Soon => "soon",
                _ => "overdue",
            },
            PeriodKey = due?.PeriodKey,
            DueOn = due?.On,
        });
        foreach (var day in (due?.Turns ?? []).Where(day => day > today))
            await db.Schedule(TellWhenReportIsDue.Kind, indicator.Id.Value, SwedishTime.StartOf(day), cancel);
    }
}
