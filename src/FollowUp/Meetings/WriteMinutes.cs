using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Meetings;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.FollowUp.Meetings;

/// <summary>A party writes the minutes of a meeting with its decisions (skriver protokoll), or corrects them: what they said
/// before is kept.</summary>
internal static class WriteMinutes
{
    public sealed record Request(string Text, IReadOnlyList<string>? Decisions = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/meetings/{id:guid}/minutes", Handle).WithName(nameof(WriteMinutes));

    internal static async Task<Answer<MeetingView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, FollowUpDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Meeting(id, cancel) is not { } meeting) return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer, Roles.Reporter) is { } missing) return missing;
        if (await db.GuestUntil(meeting.Partnership.Value, cancel) is not null) return FollowUpRefusals.GuestsOnlyRead;
        if (ifMatch.Misses(meeting.Version) is { } stale) return stale;
        if (Malformed(request) is { } malformed) return malformed;
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        string[] decisions = [.. (request.Decisions ?? []).Select(one => one.Trim())];
        if (meeting.Write(request.Text.Trim(), decisions, by, clock.GetUtcNow()) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await MeetingView.Of(db, meeting, caller.Organisation, clock.GetUtcNow(), cancel), meeting.Version);
    }

    private static Refusal? Malformed(Request request)
    {
        var fields = new Fields().Words("text", request.Text, 20_000)
            .Count("decisions", request.Decisions?.Count, 0, Meeting.DecisionsMax);
        foreach (var decision in (request.Decisions ?? []).Take(Meeting.DecisionsMax)) fields.Words("decisions", decision, 2_000);
        return fields.Refusal;
    }
}
