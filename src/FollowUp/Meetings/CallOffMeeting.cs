using Iop.Contracts.FollowUp;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Indicators;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Meetings;

/// <summary>A party's officer calls a meeting off (ställer in), with the reason.</summary>
internal static class CallOffMeeting
{
    public sealed record Request(string Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/meetings/{id:guid}/cancellation", Handle).WithName(nameof(CallOffMeeting));

    internal static async Task<Answer<MeetingView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, FollowUpDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Meeting(id, cancel) is not { } meeting) return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await db.GuestUntil(meeting.Partnership.Value, cancel) is not null) return FollowUpRefusals.GuestsOnlyRead;
        if (ifMatch.Misses(meeting.Version) is { } stale) return stale;
        if (new Fields().Words("reason", request.Reason, 1_000).Refusal is { } malformed) return malformed;
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        if (meeting.CallOff(request.Reason.Trim(), by, clock.GetUtcNow()) is { } refusal) return refusal;
        // Of an agreement that has ended nobody is told anything more.
        if (await db.Plans.AnyAsync(plan => plan.Id == meeting.Plan && plan.State == PlanState.Open, cancel))
        {
            db.Announce(meeting.Id.Value, meeting.Version, new MeetingCalledOff
            {
                MeetingId = meeting.Id.Value, Sequence = meeting.Version, PartnershipId = meeting.Partnership.Value,
                Topic = meeting.Topic, HeldOn = meeting.HeldOn, Clock = MeetingView.Clock(meeting.StartsAt),
                Reason = request.Reason.Trim(), OrganisationId = caller.Organisation,
            });
        }
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await MeetingView.Of(db, meeting, caller.Organisation, clock.GetUtcNow(), cancel), meeting.Version);
    }
}
