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
        var skip = int.TryParse(paging.After, out var passed) && passed is >= 0 and <= Paging.DepthMax ? passed : paging.Skip;
        var page = await (from action in db.MeetingActions.AsNoTracking()
                          join meeting in db.Meetings.AsNoTracking() on action.Meeting equals meeting.Id
                          where meeting.Plan == new PlanId(id) && action.DoneAt == null
                          orderby action.DueOn, action.Id
                          select new { action, meeting.Topic }).Skip(skip).Take(paging.Limit + 1).ToListAsync(cancel);
        var names = await db.NamesOf(page.Select(one => one.action.Organisation), cancel);
        var today = clock.Today();
        var shown = page.Take(paging.Limit).Select(one => new Line(
            one.action.Id.Value, one.action.Meeting.Value, one.Topic, one.action.What, one.action.Organisation,
            names.GetValueOrDefault(one.action.Organisation, ""), one.action.DueOn, one.action.DueOn < today,
            one.action.Organisation == caller.Organisation)).ToList();
        return Answers.Page(new View(shown), page.Count > paging.Limit ? Paging.Next(request,
            (skip + paging.Limit).ToString(System.Globalization.CultureInfo.InvariantCulture)) : null);
    }
}
