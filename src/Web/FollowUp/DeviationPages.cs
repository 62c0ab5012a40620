using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Partnerships;
using Iop.Web.Problems;

namespace Iop.Web.FollowUp;

/// <summary>What turned out otherwise than planned: all of an agreement's deviations, one of them, and a new one.</summary>
internal static class DeviationPages
{
    private const string Here = "/samverkan/{id:guid}/uppfoljning/avvikelser";

    public static void Map(WebApplication app)
    {
        app.MapGet(Here, List);
        app.MapGet(Here + "/ny", (Guid id, Guid plan, FollowUpRoom room, CancellationToken cancel) =>
            Ask(id, plan, null, room, cancel));
        app.MapPost(Here + "/ny", Raise);
        app.MapGet(Here + "/{which:guid}",
            (Guid id, Guid which, FollowUpRoom room, DeviationsApi api, CancellationToken cancel) =>
                Show(id, which, null, room, api, cancel));
        app.MapPost(Here + "/{which:guid}/lardom", Learn);
        app.MapPost(Here + "/{which:guid}/beslut", Decide);
        app.MapGet(Here + "/{which:guid}/aterta",
            (Guid id, Guid which, FollowUpRoom room, DeviationsApi api, CancellationToken cancel) =>
                AskToWithdraw(id, which, null, room, api, cancel));
        app.MapPost(Here + "/{which:guid}/aterta", Withdraw);
    }

    public static string Address(Guid partnership, Guid? which = null) =>
        $"/samverkan/{partnership}/uppfoljning/avvikelser{(which is { } one ? $"/{one}" : "")}";

    private static async Task<IResult> List(
        Guid id, Guid? plan, int? page, FollowUpRoom room, DeviationsApi api, CancellationToken cancel)
    {
        if (await room.Enter(id, plan, cancel) is { } no) return no;
        var number = Math.Max(1, page ?? 1);
        var all = await api.All(room.Plan!.Id, number, cancel);
        return all.Problem is { } problem
            ? problem.AsPage(room.Visitor)
            : Page.Of<DeviationList>(new
            {
                room.Partnership, room.Plan, Deviations = all.Value!.Items, PageNumber = number, all.More,
            });
    }

    private static async Task<IResult> Ask(
        Guid id, Guid plan, Filled? form, FollowUpRoom room, CancellationToken cancel) =>
        await room.Enter(id, plan, cancel)
        ?? Page.Of<NewDeviation>(new { room.Partnership, room.Plan, Form = form }, form?.Problem?.Status ?? 200);

    private static async Task<IResult> Raise(
        Guid id, Filled form, FollowUpRoom room, DeviationsApi api, CancellationToken cancel)
    {
        if (!Guid.TryParse(form.Text("plan"), out var plan)) return ErrorPages.NotFound();
        var answer = await api.Raise(plan, new
        {
            title = form.Text("title") ?? "", whatHappened = form.Text("whatHappened") ?? "",
            happenedOn = form.Text("happenedOn"), indicatorId = form.Text("indicatorId"),
        }, form.Key, cancel);
        return answer.Problem is { } no
            ? await Ask(id, plan, form.With(no), room, cancel)
            : Page.Done(Address(id, answer.Value!.Id), "deviation-raised");
    }

    private static async Task<IResult> Show(
        Guid id, Guid which, Filled? form, FollowUpRoom room, DeviationsApi api, CancellationToken cancel)
    {
        var found = await api.Show(which, cancel);
        if (found.Problem is { } missing) return missing.AsPage(room.Visitor);
        return await room.Enter(id, found.Value!.PlanId, cancel) ?? Page.Of<DeviationPage>(
            new { room.Partnership, room.Plan, Of = found.Value, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Learn(
        Guid id, Guid which, Filled form, FollowUpRoom room, DeviationsApi api, CancellationToken cancel)
    {
        var answer = await api.Act(which, "lessons", new { text = form.Text("text") ?? "" }, form.Tag, cancel);
        return answer.Problem is { } no
            ? await Show(id, which, form.With(no), room, api, cancel)
            : Page.Done(Address(id, which), "deviation-learnt");
    }

    private static async Task<IResult> Decide(
        Guid id, Guid which, Filled form, FollowUpRoom room, DeviationsApi api, CancellationToken cancel)
    {
        var answer = await api.Act(which, "decision",
            new { decision = form.Text("decision") ?? "", reason = form.Text("reason") ?? "" }, form.Tag, cancel);
        return answer.Problem is { } no
            ? await Show(id, which, form.With(no), room, api, cancel)
            : Page.Done(Address(id, which), "deviation-decided");
    }

    private static async Task<IResult> AskToWithdraw(
        Guid id, Guid which, Filled? form, FollowUpRoom room, DeviationsApi api, CancellationToken cancel)
    {
        var found = await api.Show(which, cancel);
        if (found.Problem is { } missing) return missing.AsPage(room.Visitor);
        return await room.Enter(id, found.Value!.PlanId, cancel) ?? Page.Of<WithdrawDeviation>(
            new { room.Partnership, Of = found.Value, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Withdraw(
        Guid id, Guid which, Filled form, FollowUpRoom room, DeviationsApi api, CancellationToken cancel)
    {
        var answer = await api.Act(which, "withdrawal", new { reason = form.Text("reason") ?? "" }, form.Tag, cancel);
        return answer.Problem is { } no
            ? await AskToWithdraw(id, which, form.With(no), room, api, cancel)
            : Page.Done(Address(id, which), "deviation-withdrawn");
    }
}
