using Iop.FollowUp.Domain;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Meetings;

/// <summary>A party's officer moves a meeting to another day, time or place (flyttar), with the reason.</summary>
internal static class MoveMeeting
{
    public sealed record Request(string Reason, DateOnly? HeldOn = null, string? StartsAt = null, string? Place = null,
        string? Link = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/meetings/{id:guid}/move", Handle).WithName(nameof(MoveMeeting));

    internal static async Task<Answer<MeetingView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, FollowUpDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Meeting(id, cancel) is not { } meeting) return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await db.GuestUntil(meeting.Partnership.Value, cancel) is not null) return FollowUpRefusals.GuestsOnlyRead;
        if (ifMatch.Misses(meeting.Version) is { } stale) return stale;
        if (new Fields().Words("reason", request.Reason, 1_000)
            .WhenAndWhere(request.HeldOn, request.StartsAt, request.Place, request.Link).Refusal is { } malformed)
            return malformed;
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        if (meeting.Move(MeetingRequest.Time(request.HeldOn, request.StartsAt), MeetingRequest.Given(request.Place),
            MeetingRequest.Given(request.Link), request.Reason.Trim(), by, clock.GetUtcNow()) is { } refusal) return refusal;
        var plan = await db.Plans.AsNoTracking().SingleAsync(one => one.Id == meeting.Plan, cancel);
        await CallMeeting.Announce(
            db, meeting, plan, "moved", request.Reason.Trim(), caller.Organisation, clock.Today(), cancel);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await MeetingView.Of(db, meeting, caller.Organisation, clock.GetUtcNow(), cancel), meeting.Version);
    }
}
