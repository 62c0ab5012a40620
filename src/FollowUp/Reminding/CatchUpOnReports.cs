using Iop.FollowUp.Domain;
using Iop.FollowUp.Planning;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Reminding;

/// <summary>An indicator from before there were reminders: from now on the parties are told of its reports, and never of those
/// whose day was past by then.</summary>
internal sealed class CatchUpOnReports(FollowUpDb db, ReportsDue reports, TimeProvider clock) : ITimerRings
{
    public const string Kind = "indicator-catches-up";

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"SELECT FROM indicator WHERE indicator_id = {subject} FOR UPDATE", cancel);
        var indicator = await db.Indicators.Include(one => one.Reports)
            .SingleAsync(one => one.Id == new IndicatorId(subject), cancel);
        if (indicator.ToldPeriod is not null) return; // changed meanwhile, and told of then
        indicator.AskFrom(clock.Today());
        await reports.Tell(await db.Plans.SingleAsync(plan => plan.Id == indicator.Plan, cancel), indicator, cancel);
    }
}
