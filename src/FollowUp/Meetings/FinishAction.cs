using Iop.FollowUp.Domain;
using Iop.FollowUp.Reminding;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.FollowUp.Meetings;

/// <summary>The party that answers for it has done what it was to do (klart).</summary>
internal static class FinishAction
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/meetings/{id:guid}/actions/{action:guid}/done", Handle).WithName(nameof(FinishAction));

    internal static async Task<Answer<MeetingView>> Handle(
        Guid id, Guid action, Caller caller, IfMatch ifMatch, FollowUpDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Meeting(id, cancel) is not { } meeting) return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer, Roles.Reporter) is { } missing) return missing;
        if (await db.GuestUntil(meeting.Partnership.Value, cancel) is not null) return FollowUpRefusals.GuestsOnlyRead;
        if (ifMatch.Misses(meeting.Version) is { } stale) return stale;
        if (meeting.Actions.SingleOrDefault(one => one.Id.Value == action) is not { } asked) return Refusal.NotFound;
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        if (meeting.Finish(asked, by, clock.GetUtcNow()) is { } refusal) return refusal;
        ActionReminders.End(db, asked);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await MeetingView.Of(db, meeting, caller.Organisation, clock.GetUtcNow(), cancel), meeting.Version);
    }
}
