using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.FollowUp.Meetings;

/// <summary>One meeting with how it was moved, its minutes and what is to be done.</summary>
internal static class ShowMeeting
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/meetings/{id:guid}", Handle).WithName(nameof(ShowMeeting));

    internal static async Task<Answer<MeetingView>> Handle(
        Guid id, Caller caller, FollowUpDb db, TimeProvider clock, CancellationToken cancel) =>
        await db.Meeting(id, cancel) is { } meeting
            ? Answers.Ok(await MeetingView.Of(db, meeting, caller.Organisation, clock.GetUtcNow(), cancel), meeting.Version)
            : Refusal.NotFound;
}
