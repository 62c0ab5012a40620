using Iop.FollowUp.Domain;
using Iop.FollowUp.Reminding;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.FollowUp.Meetings;

/// <summary>What one of the parties is to do after a meeting, until a day (att göra).</summary>
internal static class AskForAction
{
    /// <param name="OrganisationId">The party that answers for it.</param>
    public sealed record Request(string What, Guid OrganisationId, DateOnly? DueOn = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/meetings/{id:guid}/actions", Handle).WithName(nameof(AskForAction));

    internal static async Task<Answer<MeetingView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, FollowUpDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Meeting(id, cancel) is not { } meeting) return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer, Roles.Reporter) is { } missing) return missing;
        if (await db.GuestUntil(meeting.Partnership.Value, cancel) is not null) return FollowUpRefusals.GuestsOnlyRead;
        if (ifMatch.Misses(meeting.Version) is { } stale) return stale;
        if (new Fields().Words("what", request.What, 1_000).Must("dueOn", request.DueOn is not null, "field.required")
            .Refusal is { } malformed) return malformed;
        var (now, by) = (clock.GetUtcNow(), new Actor(caller.Person, caller.Organisation, caller.Unit));
        var asked = new MeetingActionId(Guid.CreateVersion7(now));
        var parties = (await db.PartiesOf(meeting.Partnership, cancel)).ToHashSet();
        if (meeting.Ask(asked, request.What.Trim(), request.OrganisationId, request.DueOn!.Value, parties, by, now)
            is { } refusal) return refusal;
        await ActionReminders.Begin(db, meeting.Actions.Single(one => one.Id == asked), clock.Today(), cancel);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await MeetingView.Of(db, meeting, caller.Organisation, clock.GetUtcNow(), cancel), meeting.Version);
    }
}
