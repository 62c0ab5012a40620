using Iop.Web.Frame;
using Iop.Web.History;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Bodies;

/// <summary>Somebody takes a seat, changes what they are there, or leaves and hands over.</summary>
internal static class SeatPages
{
    public static IReadOnlyList<string> Roles { get; } = ["member", "chair", "deputy", "secretary", "guest"];

    public static void Map(WebApplication app)
    {
        app.MapGet("/avtal/{id:guid}/organ/{bodyId:guid}/ledamoter/ny",
            (Guid id, Guid bodyId, BodyRoom room, HistoryApi history, Visitor visitor, CancellationToken cancel) =>
                Ask(id, bodyId, null, room, history, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/organ/{bodyId:guid}/ledamoter/ny", Seat);
        app.MapGet("/avtal/{id:guid}/organ/{bodyId:guid}/ledamoter/{member:guid}",
            (Guid id, Guid bodyId, Guid member, BodyRoom room, CancellationToken cancel) =>
                AskAgain(id, bodyId, member, null, room, cancel));
        app.MapPost("/avtal/{id:guid}/organ/{bodyId:guid}/ledamoter/{member:guid}", Reseat);
    }

    /// <summary>Whom to choose from: the visitor, and whoever has done anything in the partnership. Others by name.</summary>
    private static async Task<IResult> Ask(
        Guid id, Guid bodyId, Filled? form, BodyRoom room, HistoryApi history, Visitor visitor, CancellationToken cancel)
    {
        if (await room.Enter(id, bodyId, cancel) is { } no) return no;
        var known = (await history.Of("partnerships", room.Partnership, 1, null, null, cancel)).Value?.People ?? [];
        var self = visitor.Person is { } person ? [new HistoryPerson(person.Id, person.Name)] : Array.Empty<HistoryPerson>();
        return Page.Of<SeatPage>(
            new
            {
                room.Agreement, room.Body, room.Bodies, Form = form,
                People = self.Concat(known).DistinctBy(one => one.Id).OrderBy(one => one.Name, StringComparer.Ordinal).ToList(),
            },
            form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Seat(
        Guid id, Guid bodyId, Filled form, BodyRoom room, BodiesApi api, HistoryApi history, Visitor visitor,
        CancellationToken cancel)
    {
        if (await room.Enter(id, bodyId, cancel) is { } no) return no;
        var answer = await api.Seat(room.Partnership, bodyId, new
        {
            role = form.Text("role"), fromOn = form.Text("fromOn"), partyId = form.Text("partyId"),
            personId = form.Text("personId"), name = form.Text("personId") is null ? form.Text("name") : null,
            deputyFor = form.Text("deputyFor"), linksTo = form.Text("linksTo"), mandate = form.Text("mandate"),
        }, form.Key, cancel);
        return answer.Problem is { } problem
            ? await Ask(id, bodyId, form.With(problem), room, history, visitor, cancel)
            : Page.Done($"/avtal/{id}/organ/{bodyId}", "member-seated");
    }

    private static async Task<IResult> AskAgain(
        Guid id, Guid bodyId, Guid member, Filled? form, BodyRoom room, CancellationToken cancel)
    {
        if (await room.Enter(id, bodyId, cancel) is { } no) return no;
        return room.Body!.Seat(member) is { } seat
            ? Page.Of<ChangeSeatPage>(new { room.Agreement, room.Body, room.Bodies, Member = seat, Form = form },
                form?.Problem?.Status ?? 200)
            : ErrorPages.NotFound();
    }

    private static async Task<IResult> Reseat(
        Guid id, Guid bodyId, Guid member, Filled form, BodyRoom room, BodiesApi api, CancellationToken cancel)
    {
        if (await room.Enter(id, bodyId, cancel) is { } no) return no;
        var answer = await api.Reseat(room.Partnership, bodyId, member, new
        {
            role = form.Text("role"), deputyFor = form.Text("deputyFor"), linksTo = form.Text("linksTo"),
            mandate = form.Text("mandate"), toOn = form.Text("toOn"), handover = form.Text("handover"),
        }, form.Tag, cancel);
        return answer.Problem is { } problem
            ? await AskAgain(id, bodyId, member, form.With(problem), room, cancel)
            : Page.Done($"/avtal/{id}/organ/{bodyId}", form.Text("toOn") is null ? "part-changed" : "member-left");
    }
}
