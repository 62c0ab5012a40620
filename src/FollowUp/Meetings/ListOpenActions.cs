using System.Globalization;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Meetings;

/// <summary>What the parties of an agreement have yet to do after their meetings, the nearest day first.</summary>
internal static class ListOpenActions
{
    /// <param name="Late">Its day has passed.</param>
    /// <param name="Mine">The caller's organisation answers for it.</param>
    public sealed record Line(Guid Id, Guid MeetingId, string Topic, string What, Guid OrganisationId, string OrganisationName,
        DateOnly DueOn, bool Late, bool Mine);

    public sealed record View(IReadOnlyList<Line> Items);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/plans/{id:guid}/open-actions", Handle).WithName(nameof(ListOpenActions));

    internal static async Task<Answer<View>> Handle(
        Guid id, Paging paging, Caller caller, FollowUpDb db, TimeProvider clock, HttpRequest request, CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        if (!await db.Plans.AnyAsync(plan => plan.Id == new PlanId(id), cancel)) return Refusal.NotFound;
        var (day, last) = Key(paging.After);
        var left = db.MeetingActions.FromSql($"""
            SELECT * FROM meeting_action WHERE {last}::uuid IS NULL OR (due_on, action_id) > ({day}::date, {last}::uuid)
            """);
        var page = await (from action in left.AsNoTracking()
                          join meeting in db.Meetings.AsNoTracking() on action.Meeting equals meeting.Id
                          where meeting.Plan == new PlanId(id) && action.DoneAt == null
                          orderby action.DueOn, action.Id
                          select new { action, meeting.Topic }).Skip(paging.Skip).Take(paging.Limit + 1).ToListAsync(cancel);
        var names = await db.NamesOf(page.Select(one => one.action.Organisation), cancel);
        var today = clock.Today();
        var shown = page.Take(paging.Limit).Select(one => new Line(
            one.action.Id.Value, one.action.Meeting.Value, one.Topic, one.action.What, one.action.Organisation,
            names.GetValueOrDefault(one.action.Organisation, ""), one.action.DueOn, one.action.DueOn < today,
            one.action.Organisation == caller.Organisation)).ToList();
        return Answers.Page(new View(shown), page.Count > paging.Limit ? Paging.Next(request,
            string.Create(CultureInfo.InvariantCulture, $"{shown[^1].DueOn:O} {shown[^1].Id}")) : null);
    }

    /// <summary>After which one a page begins; none where the address was written by somebody himself.</summary>
    private static (DateOnly? Day, Guid? Id) Key(string? after) =>
        after?.Split(' ') is [var day, var id] && DateOnly.TryParseExact(day, "O", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var on)
        && Guid.TryParse(id, out var last) ? ((DateOnly?)on, (Guid?)last) : (null, null);
}
