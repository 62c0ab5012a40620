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
        var found = db.Meetings.AsNoTracking().Where(one => one.Plan == new PlanId(id));
        found = ahead is true
            ? found.Where(one => one.State == MeetingState.Called && one.HeldOn >= today)
                .OrderBy(one => one.HeldOn).ThenBy(one => one.StartsAt).ThenBy(one => one.Id)
            : found.OrderByDescending(one => one.HeldOn).ThenByDescending(one => one.StartsAt).ThenByDescending(one => one.Id);
        // A page begins after so many: its link carries how many, and stays in the list's order.
        var skip = int.TryParse(paging.After, out var passed) && passed is >= 0 and <= Paging.DepthMax ? passed : paging.Skip;
        var page = await found.Skip(skip).Take(paging.Limit + 1).ToListAsync(cancel);
        var shown = page.Take(paging.Limit).Select(one => new Line(
            one.Id.Value, one.Plan.Value, one.Partnership.Value, one.Topic, one.HeldOn, MeetingView.Clock(one.StartsAt),
            one.Place, one.Link, MeetingView.Word(one.State))).ToList();
        return Answers.Page(new View(shown), page.Count > paging.Limit ? Paging.Next(request,
            (skip + paging.Limit).ToString(System.Globalization.CultureInfo.InvariantCulture)) : null);
    }
}
