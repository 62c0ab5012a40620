using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Bodies;

/// <summary>What a body has to deal with: put on its table, referred to another, or closed with what came of it.</summary>
internal static class ItemPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/avtal/{id:guid}/organ/{bodyId:guid}/arenden/ny",
            (Guid id, Guid bodyId, BodyRoom room, CancellationToken cancel) => Ask(id, bodyId, null, room, cancel));
        app.MapPost("/avtal/{id:guid}/organ/{bodyId:guid}/arenden/ny", Raise);
        app.MapGet("/avtal/{id:guid}/arenden/{item:guid}",
            (Guid id, Guid item, BodyRoom room, BodiesApi api, Visitor visitor, CancellationToken cancel) =>
                Show(id, item, null, room, api, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/arenden/{item:guid}/{step}", Take);
    }

    private static async Task<IResult> Ask(Guid id, Guid bodyId, Filled? form, BodyRoom room, CancellationToken cancel) =>
        await room.Enter(id, bodyId, cancel)
        ?? Page.Of<NewItemPage>(new { room.Agreement, room.Body, Form = form }, form?.Problem?.Status ?? 200);

    private static async Task<IResult> Raise(
        Guid id, Guid bodyId, Filled form, BodyRoom room, BodiesApi api, CancellationToken cancel)
    {
        if (await room.Enter(id, bodyId, cancel) is { } no) return no;
        var answer = await api.Raise(
            room.Partnership, bodyId, new { title = form.Text("title") ?? "", text = form.Text("text") }, form.Key, cancel);
        return answer.Problem is { } problem
            ? await Ask(id, bodyId, form.With(problem), room, cancel)
            : Page.Done($"/avtal/{id}/organ/{bodyId}", "item-raised");
    }

    private static async Task<IResult> Show(
        Guid id, Guid item, Filled? form, BodyRoom room, BodiesApi api, Visitor visitor, CancellationToken cancel)
    {
        if (await room.Enter(id, cancel) is { } no) return no;
        var answer = await api.Item(room.Partnership, item, cancel);
        return answer.Problem is { } problem
            ? problem.AsPage(visitor)
            : Page.Of<ItemPage>(
                new { room.Agreement, room.Bodies, Item = answer.Value, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Take(
        Guid id, Guid item, string step, Filled form, BodyRoom room, BodiesApi api, Visitor visitor, CancellationToken cancel)
    {
        if (step is not ("hanskjut" or "avsluta")) return ErrorPages.NotFound();
        if (await room.Enter(id, cancel) is { } no) return no;
        var (resource, words) = step == "hanskjut"
            ? ("referrals", (object)new { toBodyId = form.Text("toBodyId"), reason = form.Text("reason") ?? "" })
            : ("closure", new { outcome = form.Text("outcome") ?? "" });
        var answer = await api.Take(room.Partnership, item, resource, words, form.Tag, cancel);
        return answer.Problem is { } problem
            ? await Show(id, item, form.With(problem), room, api, visitor, cancel)
            : Page.Done($"/avtal/{id}/arenden/{item}", step == "hanskjut" ? "item-referred" : "item-closed");
    }
}
