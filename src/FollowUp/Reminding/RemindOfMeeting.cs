using Iop.Contracts.FollowUp;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Indicators;
using Iop.FollowUp.Domain.Meetings;
using Iop.FollowUp.Meetings;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Reminding;

/// <summary>The day before a meeting its parties are reminded, unless it was moved or called off, or the agreement ended,
/// meanwhile.</summary>
internal sealed class RemindOfMeeting(FollowUpDb db, TimeProvider clock) : ITimerRings
{
    public const string Kind = "meeting-tomorrow";

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        // One who moves it just now comes before or after, not in between.
        await db.Database.ExecuteSqlAsync($"SELECT FROM meeting WHERE meeting_id = {subject} FOR UPDATE", cancel);
        var meeting = await db.Meetings.AsNoTracking().SingleAsync(one => one.Id == new MeetingId(subject), cancel);
        if (meeting.State is not MeetingState.Called || !meeting.Time.IsNear(clock.Today())
            || meeting.Time.Instant <= clock.GetUtcNow()
            || !await db.Plans.AnyAsync(plan => plan.Id == meeting.Plan && plan.State == PlanState.Open, cancel)) return;
        // Once of each day: another timer, of before it was moved, may ring on the day itself.
        if (await db.Database.ExecuteSqlAsync(
            $"UPDATE meeting SET reminded_of = held_on WHERE meeting_id = {subject} AND reminded_of IS DISTINCT FROM held_on",
            cancel) == 0) return;
        db.Announce(meeting.Id.Value, meeting.Version, new MeetingApproaches
        {
            MeetingId = meeting.Id.Value, Sequence = meeting.Version, PartnershipId = meeting.Partnership.Value,
            Topic = meeting.Topic, HeldOn = meeting.HeldOn, Clock = MeetingView.Clock(meeting.StartsAt),
        });
    }
}
