using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;
using Microsoft.AspNetCore.Components;

namespace Iop.Web.FollowUp;

/// <summary>The meetings of an agreement: all of them, a new one, and one with what may be done with it.</summary>
internal static class MeetingPages
{
    private const string Here = "/samverkan/{id:guid}/uppfoljning/moten";

    public static void Map(WebApplication app)
    {
        app.MapGet(Here, List);
        app.MapGet(Here + "/ny", (Guid id, Guid plan, FollowUpRoom room, CancellationToken cancel) =>
            Ask(id, plan, null, room, cancel));
        app.MapPost(Here + "/ny", Call);
        MapPage<MeetingPage>(app, "");
        MapPage<MoveMeeting>(app, "/flytta");
        MapPage<CallOffMeeting>(app, "/stall-in");
        MapPage<MinutesEditor>(app, "/protokoll");
        MapAct<MoveMeeting>(app, "/flytta", "move", "meeting-moved", form => new
        {
            heldOn = form.Text("heldOn"), startsAt = form.Text("startsAt"), place = form.Text("place"), link = form.Text("link"),
            reason = form.Text("reason") ?? "",
        });
        MapAct<CallOffMeeting>(app, "/stall-in", "cancellation", "meeting-called-off",
            form => new { reason = form.Text("reason") ?? "" });
        MapAct<MinutesEditor>(app, "/protokoll", "minutes", "minutes-written", form => new
        {
            text = form.Text("text") ?? "",
            decisions = (form.Text("decisions") ?? "").Split('\n',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        });
        MapAct<MeetingPage>(app, "/att-gora", "actions", "action-asked", form => new
        {
            what = form.Text("what") ?? "", organisationId = form.Text("organisationId") ?? Guid.Empty.ToString(),
            dueOn = form.Text("dueOn"),
        });
        app.MapPost(Here + "/{which:guid}/att-gora/{action:guid}/klart", Finish);
    }

    public static string Address(Guid partnership, Guid? which = null) =>
        $"/samverkan/{partnership}/uppfoljning/moten{(which is { } one ? $"/{one}" : "")}";

    private static void MapPage<TPage>(WebApplication app, string path) where TPage : IComponent =>
        app.MapGet(Here + "/{which:guid}" + path,
            (Guid id, Guid which, FollowUpRoom room, MeetingsApi api, CancellationToken cancel) =>
                Show<TPage>(id, which, null, room, api, cancel));

    /// <summary>A form of a page: what it sends, and where it comes back with what was wrong.</summary>
    private static void MapAct<TPage>(WebApplication app, string path, string act, string done, Func<Filled, object> sends)
        where TPage : IComponent => app.MapPost(Here + "/{which:guid}" + path,
        async (Guid id, Guid which, Filled form, FollowUpRoom room, MeetingsApi api, CancellationToken cancel) =>
        {
            var answer = await api.Act(which, act, sends(form), form.Tag, cancel);
            return answer.Problem is { } no
                ? await Show<TPage>(id, which, form.With(no), room, api, cancel)
                : Page.Done(Address(id, which), done);
        });

    private static async Task<IResult> List(
        Guid id, Guid? plan, int? page, FollowUpRoom room, MeetingsApi api, CancellationToken cancel)
    {
        if (await room.Enter(id, plan, cancel) is { } no) return no;
        var number = Math.Max(1, page ?? 1);
        var all = await api.All(room.Plan!.Id, number, cancel);
        return all.Problem is { } problem
            ? problem.AsPage(room.Visitor)
            : Page.Of<MeetingList>(new
            {
                room.Partnership, room.Plan, Meetings = all.Value!.Items, PageNumber = number, all.More,
            });
    }

    private static async Task<IResult> Ask(Guid id, Guid plan, Filled? form, FollowUpRoom room, CancellationToken cancel) =>
        await room.Enter(id, plan, cancel)
        ?? Page.Of<NewMeeting>(new { room.Partnership, room.Plan, Form = form }, form?.Problem?.Status ?? 200);

    private static async Task<IResult> Call(
        Guid id, Filled form, FollowUpRoom room, MeetingsApi api, CancellationToken cancel)
    {
        if (!Guid.TryParse(form.Text("plan"), out var plan)) return ErrorPages.NotFound();
        var answer = await api.Call(plan, new
        {
            topic = form.Text("topic") ?? "", agenda = form.Text("agenda") ?? "", heldOn = form.Text("heldOn"),
            startsAt = form.Text("startsAt"), place = form.Text("place"), link = form.Text("link"),
        }, form.Key, cancel);
        return answer.Problem is { } no
            ? await Ask(id, plan, form.With(no), room, cancel)
            : Page.Done(Address(id, answer.Value!.Id), "meeting-called");
    }

    private static async Task<IResult> Show<TPage>(
        Guid id, Guid which, Filled? form, FollowUpRoom room, MeetingsApi api, CancellationToken cancel) where TPage : IComponent
    {
        var found = await api.Show(which, cancel);
        if (found.Problem is { } missing) return missing.AsPage(room.Visitor);
        return await room.Enter(id, found.Value!.PlanId, cancel) ?? Page.Of<TPage>(
            new { room.Partnership, Of = found.Value, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Finish(
        Guid id, Guid which, Guid action, Filled form, FollowUpRoom room, MeetingsApi api, CancellationToken cancel)
    {
        var answer = await api.Act(which, $"actions/{action}/done", null, form.Tag, cancel);
        return answer.Problem is { } no
            ? await Show<MeetingPage>(id, which, form.With(no), room, api, cancel)
            : Page.Done(Address(id, which), "action-done");
    }
}
