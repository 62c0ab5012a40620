using System.Globalization;
using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Bodies;

/// <summary>The bodies of an agreement, and one of them: what it may decide, who sits in it, what lies on its table.</summary>
internal static class BodyPages
{
    public static IReadOnlyList<string> Kinds { get; } = ["steering", "idea-driven", "cooperation", "operational", "temporary"];

    public static void Map(WebApplication app)
    {
        app.MapGet("/avtal/{id:guid}/organ", List);
        app.MapGet("/avtal/{id:guid}/organ/ny",
            (Guid id, BodyRoom room, CancellationToken cancel) => Ask(id, null, room, cancel));
        app.MapPost("/avtal/{id:guid}/organ/ny", Form);
        app.MapGet("/avtal/{id:guid}/organ/{bodyId:guid}", Show);
        app.MapGet("/avtal/{id:guid}/organ/{bodyId:guid}/andra",
            (Guid id, Guid bodyId, BodyRoom room, CancellationToken cancel) => Edit(id, bodyId, null, room, cancel));
        app.MapPost("/avtal/{id:guid}/organ/{bodyId:guid}/andra", Change);
        app.MapPost("/avtal/{id:guid}/organ/{bodyId:guid}/bort", Remove);
    }

    private static async Task<IResult> List(Guid id, BodyRoom room, CancellationToken cancel) =>
        await room.Enter(id, cancel) ?? Page.Of<BodiesPage>(new { room.Agreement, room.Bodies });

    private static async Task<IResult> Ask(Guid id, Filled? form, BodyRoom room, CancellationToken cancel) =>
        await room.Enter(id, cancel)
        ?? Page.Of<NewBodyPage>(new { room.Agreement, Form = form }, form?.Problem?.Status ?? 200);

    private static async Task<IResult> Form(Guid id, Filled form, BodyRoom room, BodiesApi api, CancellationToken cancel)
    {
        if (await room.Enter(id, cancel) is { } no) return no;
        var visibility = form.Text("visibility") ?? "all";
        var answer = await api.Form(room.Partnership, new
        {
            kind = form.Text("kind"), name = form.Text("name") ?? "",
            agreementId = form.Text("scope") == "partnership" ? (Guid?)null : id,
            mandate = form.Text("mandate"), handover = form.Text("handover"), visibility, rhythm = RhythmOf(form),
            ownerPartyId = visibility == "all" ? null : form.Text("ownerPartyId"), endsOn = form.Text("endsOn"),
        }, form.Key, cancel);
        return answer.Problem is { } problem
            ? await Ask(id, form.With(problem), room, cancel)
            : Page.Done($"/avtal/{id}/organ", "body-formed");
    }

    private static async Task<IResult> Show(Guid id, Guid bodyId, BodyRoom room, BodiesApi api, CancellationToken cancel)
    {
        if (await room.Enter(id, bodyId, cancel) is { } no) return no;
        var items = room.Body!.SeenInto ? (await api.Items(room.Partnership, bodyId, cancel)).Value?.Items : null;
        var decided = (await api.Decisions(room.Partnership, bodyId, cancel)).Value?.Items;
        return Page.Of<BodyPage>(new { room.Agreement, room.Body, room.Bodies, Items = items ?? [], Decided = decided ?? [] });
    }

    private static async Task<IResult> Edit(Guid id, Guid bodyId, Filled? form, BodyRoom room, CancellationToken cancel) =>
        await room.Enter(id, bodyId, cancel)
        ?? Page.Of<ChangeBodyPage>(new { room.Agreement, room.Body, Form = form }, form?.Problem?.Status ?? 200);

    private static async Task<IResult> Change(
        Guid id, Guid bodyId, Filled form, BodyRoom room, BodiesApi api, CancellationToken cancel)
    {
        if (await room.Enter(id, bodyId, cancel) is { } no) return no;
        var answer = await api.Change(room.Partnership, bodyId, new
        {
            name = form.Text("name") ?? "", mandate = form.Text("mandate"), rhythm = RhythmOf(form),
            handover = form.Text("handover"), endsOn = form.Text("endsOn"),
        }, form.Tag, cancel);
        return answer.Problem is { } problem
            ? await Edit(id, bodyId, form.With(problem), room, cancel)
            : Page.Done($"/avtal/{id}/organ/{bodyId}", "part-changed");
    }

    private static async Task<IResult> Remove(
        Guid id, Guid bodyId, Filled form, BodyRoom room, BodiesApi api, CancellationToken cancel)
    {
        if (await room.Enter(id, bodyId, cancel) is { } no) return no;
        var answer = await api.Remove(room.Partnership, bodyId, form.Tag, cancel);
        return answer.Problem is { } problem
            ? await Edit(id, bodyId, form.With(problem), room, cancel)
            : Page.Done($"/avtal/{id}/organ", "part-removed");
    }

    private static object? RhythmOf(Filled form) => Number(form, "rhythm.everyWeeks") is not { } every ? null : new
    {
        everyWeeks = every, forMonths = Number(form, "rhythm.forMonths"),
        thenEveryWeeks = Number(form, "rhythm.thenEveryWeeks"),
    };

    private static int? Number(Filled form, string name) =>
        int.TryParse(form.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>What every page about bodies begins with: the agreement, its bodies, and the one it is about.</summary>
internal sealed class BodyRoom(AgreementsApi agreements, BodiesApi api, Visitor visitor)
{
    public Agreement? Agreement { get; private set; }

    public IReadOnlyList<GovernanceBody> Bodies { get; private set; } = [];

    public GovernanceBody? Body { get; private set; }

    public Guid Partnership => Agreement!.PartnershipId;

    /// <summary>Null when the visitor may be here; else the page that says why not.</summary>
    public async Task<IResult?> Enter(Guid id, CancellationToken cancel)
    {
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        Agreement = agreement.Value!;
        var bodies = await api.All(Agreement.PartnershipId, id, cancel);
        if (bodies.Problem is { } closed) return closed.AsPage(visitor);
        Bodies = bodies.Value?.Items ?? [];
        return null;
    }

    public async Task<IResult?> Enter(Guid id, Guid body, CancellationToken cancel)
    {
        if (await Enter(id, cancel) is { } no) return no;
        Body = Bodies.FirstOrDefault(one => one.Id == body);
        return Body is null ? ErrorPages.NotFound() : null;
    }
}
