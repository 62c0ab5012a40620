using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Domain.Plans;
using Iop.Agreements.Life;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Checking;

/// <summary>An agreement in force from before there were reminders: from now on the parties are reminded of its end, of what they
/// look at together and of talks that are booked. What was past by then is no news.</summary>
internal sealed class CatchUpOnReminders(AgreementsDb db, PassingOfTime time, TimeProvider clock) : ITimerRings
{
    public const string Kind = "agreement-catches-up";

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        var agreement = await db.AgreementForUpdate(subject, cancel)
            ?? throw new InvalidOperationException($"No agreement {subject} to remind of.");
        await time.Pass(agreement, cancel); // sets the timers of its ends and of the next year
        if (!agreement.State.Binds()) return;
        var today = clock.Today();
        if (Checks.YearGone(agreement.Term!.From, today) is { } year) await RemindOfChecks.LetRest(db, agreement, year, cancel);
        var plans = await db.Plans.Where(plan => plan.AgreementId == agreement.Id && plan.EndsOn >= today)
            .Select(plan => plan.EndsOn).ToListAsync(cancel);
        foreach (var last in plans) await Set(RemindOfChecks.Kind, Checks.DayBeforePlanEnds(last));
        var talks = await db.JointTalks.Where(talk => talk.AgreementId == agreement.Id && talk.Held == null)
            .Select(talk => talk.OnDay).ToListAsync(cancel);
        foreach (var day in talks.Select(day => day.AddDays(-JointTalk.SoonDays)).Where(day => day > today))
            await Set(RemindOfLastDateOfNotice.Kind, day);

        Task Set(string kind, DateOnly day) => db.Schedule(kind, agreement.Id.Value, SwedishTime.StartOf(day), cancel);
    }
}
