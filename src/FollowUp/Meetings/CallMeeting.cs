using Iop.Contracts.FollowUp;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Indicators;
using Iop.FollowUp.Domain.Meetings;
using Iop.FollowUp.Reminding;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Meetings;

/// <summary>A party's officer calls the parties of an agreement to a meeting (kallar till möte).</summary>
internal static class CallMeeting
{
    /// <param name="StartsAt">As Swedish clocks show it, HH:mm.</param>
    /// <param name="Link">An address with https; it or a place is needed.</param>
    public sealed record Request(string Topic, string Agenda, DateOnly? HeldOn = null, string? StartsAt = null,
        string? Place = null, string? Link = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/plans/{id:guid}/meetings", Handle).WithName(nameof(CallMeeting)).Creates();

    internal static async Task<Answer<MeetingView>> Handle(
        Guid id, Request request, Caller caller, FollowUpDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Plans.AsNoTracking().SingleOrDefaultAsync(plan => plan.Id == new PlanId(id), cancel) is not { } plan)
            return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await db.GuestUntil(plan.Partnership.Value, cancel) is not null) return FollowUpRefusals.GuestsOnlyRead;
        if (new Fields().Words("topic", request.Topic, 200).Words("agenda", request.Agenda, 4_000)
            .WhenAndWhere(request.HeldOn, request.StartsAt, request.Place, request.Link).Refusal is { } malformed)
            return malformed;
        var called = await db.Meetings.CountAsync(one => one.Plan == plan.Id, cancel);
        if (Meeting.RefusesToBeCalled(plan, called) is { } closed) return closed;
        var now = clock.GetUtcNow();
        var meeting = new Meeting
        {
            Id = new MeetingId(Guid.CreateVersion7(now)), Plan = plan.Id, Partnership = plan.Partnership,
            Topic = request.Topic.Trim(), Agenda = request.Agenda.Trim(), CalledByPerson = caller.Person,
            CalledByOrganisation = caller.Organisation, CalledAt = now,
        };
        if (meeting.Set(MeetingRequest.Time(request.HeldOn, request.StartsAt), MeetingRequest.Given(request.Place),
            MeetingRequest.Given(request.Link), now) is { } refusal) return refusal;
        db.Meetings.Add(meeting);
        await Announce(db, meeting, plan, "called", null, caller.Organisation, clock.Today(), cancel);
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/follow-up/v1/meetings/{meeting.Id.Value}",
            await MeetingView.Of(db, meeting, caller.Organisation, clock.GetUtcNow(), cancel), meeting.Version);
    }

    /// <summary>That it is called, or to when it is moved; and the reminder of the day before, if that lies ahead. Of an
    /// agreement that has ended nobody is told anything more.</summary>
    internal static async Task Announce(FollowUpDb db, Meeting meeting, Plan plan, string what, string? reason, Guid by,
        DateOnly today, CancellationToken cancel)
    {
        if (plan.State is not PlanState.Open) return;
        db.Announce(meeting.Id.Value, meeting.Version, new MeetingCalled
        {
            MeetingId = meeting.Id.Value, Sequence = meeting.Version, PartnershipId = plan.Partnership.Value,
            AgreementId = plan.Agreement.Value, Topic = meeting.Topic, What = what, Reason = reason,
            StartsAt = meeting.Time.Instant, HeldOn = meeting.HeldOn, Clock = MeetingView.Clock(meeting.StartsAt),
            OrganisationId = by,
        });
        var day = meeting.Time.ReminderOn;
        if (day > today) await db.Schedule(RemindOfMeeting.Kind, meeting.Id.Value, SwedishTime.StartOf(day), cancel);
    }
}
