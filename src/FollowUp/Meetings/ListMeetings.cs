using System.Globalization;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Meetings;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Meetings;

/// <summary>The meetings of an agreement, the latest day first; with <c>ahead=true</c> those that are to be held, the next
/// first.</summary>
internal static class ListMeetings
{
    public sealed record Line(Guid Id, Guid PlanId, Guid PartnershipId, string Topic, DateOnly HeldOn, string StartsAt,
        string? Place, string? Link, string State);

    public sealed record View(IReadOnlyList<Line> Items);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/plans/{id:guid}/meetings", Handle).WithName(nameof(ListMeetings));

    internal static async Task<Answer<View>> Handle(
        Guid id, bool? ahead, Paging paging, FollowUpDb db, TimeProvider clock, HttpRequest request, CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        if (!await db.Plans.AnyAsync(plan => plan.Id == new PlanId(id), cancel)) return Refusal.NotFound;
        var today = clock.Today();
        var (day, time, last) = Key(paging.After);
        var found = ahead is true
            ? db.Meetings.FromSql($"""
                SELECT * FROM meeting WHERE plan_id = {id} AND ({last}::uuid IS NULL
                  OR (held_on, starts_at, meeting_id) > ({day}::date, {time}::time, {last}::uuid))
                """).Where(one => one.State == MeetingState.Called && one.HeldOn >= today)
                .OrderBy(one => one.HeldOn).ThenBy(one => one.StartsAt).ThenBy(one => one.Id)
            : db.Meetings.FromSql($"""
                SELECT * FROM meeting WHERE plan_id = {id} AND ({last}::uuid IS NULL
                  OR (held_on, starts_at, meeting_id) < ({day}::date, {time}::time, {last}::uuid))
                """).OrderByDescending(one => one.HeldOn).ThenByDescending(one => one.StartsAt).ThenByDescending(one => one.Id);
        var page = await found.AsNoTracking().Skip(paging.Skip).Take(paging.Limit + 1).ToListAsync(cancel);
        var isGuest = page.Count > 0 && await db.GuestUntil(page[0].Partnership.Value, cancel) is not null;
        var shown = page.Take(paging.Limit).Select(one => new Line(
            one.Id.Value, one.Plan.Value, one.Partnership.Value, one.Topic, one.HeldOn, MeetingView.Clock(one.StartsAt),
            one.Place, isGuest ? null : one.Link, MeetingView.Word(one.State))).ToList();
        return Answers.Page(new View(shown), page.Count > paging.Limit ? Paging.Next(request,
            string.Create(CultureInfo.InvariantCulture, $"{shown[^1].HeldOn:O} {shown[^1].StartsAt} {shown[^1].Id}")) : null);
    }

    /// <summary>After which meeting a page begins; none where the address was written by somebody himself.</summary>
    private static (DateOnly? Day, TimeOnly? Time, Guid? Id) Key(string? after) =>
        after?.Split(' ') is [var day, var time, var id] && DateOnly.TryParseExact(day, "O", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var on)
        && TimeOnly.TryParseExact(time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
        && Guid.TryParse(id, out var last)
            ? ((DateOnly?)on, (TimeOnly?)at, (Guid?)last) : (null, null, null);
}
