using Iop.Contracts.FollowUp;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Indicators;
using Iop.FollowUp.Domain.Meetings;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Reminding;

/// <summary>The day before something is to be done, the party that answers for it is reminded, unless it is done.</summary>
internal sealed class RemindOfAction(FollowUpDb db, TimeProvider clock) : ITimerRings
{
    public const string Kind = "meeting-action-due";

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        // One who does it just now comes before or after, not in between.
        await db.Database.ExecuteSqlAsync($"SELECT FROM meeting_action WHERE action_id = {subject} FOR UPDATE", cancel);
        var action = await db.MeetingActions.AsNoTracking().SingleAsync(one => one.Id == new MeetingActionId(subject), cancel);
        if (action.IsNear(clock.Today()) && await ActionReminders.IsInForce(db, action.Meeting, cancel))
            ActionReminders.Tell(db, action, "soon");
    }
}

/// <summary>What the party that answers for an action is told: that its day is near, and that it is done.</summary>
internal static class ActionReminders
{
    /// <summary>On the day before; at once where that has come already.</summary>
    public static async Task Begin(FollowUpDb db, MeetingAction action, DateOnly today, CancellationToken cancel)
    {
        if (!await IsInForce(db, action.Meeting, cancel)) return;
        if (action.IsNear(today)) Tell(db, action, "soon");
        else await db.Schedule(RemindOfAction.Kind, action.Id.Value, SwedishTime.StartOf(action.ReminderOn), cancel);
    }

    /// <summary>Of an agreement that has ended nobody is reminded.</summary>
    public static Task<bool> IsInForce(FollowUpDb db, MeetingId of, CancellationToken cancel) => db.Meetings.AnyAsync(meeting =>
        meeting.Id == of && db.Plans.Any(plan => plan.Id == meeting.Plan && plan.State == PlanState.Open), cancel);

    public static void End(FollowUpDb db, MeetingAction action) => Tell(db, action, "done");

    public static void Tell(FollowUpDb db, MeetingAction action, string stage)
    {
        var sequence = action.IsDone ? 2 : 1;
        db.Announce(action.Id.Value, sequence, new MeetingActionDue
        {
            ActionId = action.Id.Value, Sequence = sequence, MeetingId = action.Meeting.Value,
            PartnershipId = action.Partnership.Value, What = action.What, OrganisationId = action.Organisation,
            DueOn = action.DueOn, Stage = stage,
        });
    }
}
