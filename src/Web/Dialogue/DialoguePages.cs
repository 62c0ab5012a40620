using Iop.Web.Frame;
using Iop.Web.Partnerships;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Dialogue;

/// <summary>What the parties say to each other, beside any text: written down, corrected, ended and taken up again.</summary>
internal static class DialoguePages
{
    public static IReadOnlyList<string> Kinds { get; } = ["meeting", "talk", "note"];

    public static IReadOnlyList<string> Audiences { get; } = ["all", "own-side", "own-party"];

    public static void Map(WebApplication app)
    {
        app.MapGet("/samverkan/{id:guid}/dialog", List);
        app.MapGet("/samverkan/{id:guid}/dialog/ny",
            (Guid id, WorkspaceApi api, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel) =>
                Form(id, null, null, api, partnerships, visitor, cancel));
        app.MapPost("/samverkan/{id:guid}/dialog/ny", Write);
        app.MapGet("/samverkan/{id:guid}/dialog/{entry:guid}",
            (Guid id, Guid entry, WorkspaceApi api, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel) =>
                Form(id, entry, null, api, partnerships, visitor, cancel));
        app.MapPost("/samverkan/{id:guid}/dialog/{entry:guid}", Correct);
    }

    private static async Task<IResult> List(
        Guid id, int? page, WorkspaceApi api, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel)
    {
        var partnership = await partnerships.Show(id, cancel);
        if (partnership.Problem is { } no) return no.AsPage(visitor);
        var number = Math.Max(page ?? 1, 1);
        var entries = await api.Dialogue(id, number, cancel);
        return entries.Problem is { } trouble
            ? trouble.AsPage(visitor)
            : Page.Of<DialogueList>(
                new { Partnership = partnership.Value, Entries = entries.Value!.Items, Number = number, entries.More });
    }

    private static async Task<IResult> Form(
        Guid id, Guid? entry, Filled? form, WorkspaceApi api, PartnershipsApi partnerships, Visitor visitor,
        CancellationToken cancel)
    {
        var partnership = await partnerships.Show(id, cancel);
        if (partnership.Problem is { } no) return no.AsPage(visitor);
        var written = entry is { } one ? await api.Entry(id, one, cancel) : null;
        return written?.Problem is { } missing
            ? missing.AsPage(visitor)
            : Page.Of<DialogueForm>(
                new { Partnership = partnership.Value, Entry = written?.Value, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Write(
        Guid id, Filled form, WorkspaceApi api, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.Create(id, "dialogue", new
        {
            kind = form.Text("kind"), heldOn = form.Text("heldOn"), participants = form.Text("participants"),
            said = form.Text("said"), decided = form.Text("decided"), audience = form.Text("audience"),
        }, form.Key, cancel);
        return answer.Problem is { } no
            ? await Form(id, null, form.With(no), api, partnerships, visitor, cancel)
            : Page.Done($"/samverkan/{id}/dialog", "dialogue-written");
    }

    private static async Task<IResult> Correct(
        Guid id, Guid entry, Filled form, WorkspaceApi api, PartnershipsApi partnerships, Visitor visitor,
        CancellationToken cancel)
    {
        var answer = await api.Change(id, $"dialogue/{entry}", new
        {
            kind = form.Text("kind"), heldOn = form.Text("heldOn"), participants = form.Text("participants"),
            said = form.Text("said"), decided = form.Text("decided"),
        }, form.Tag, cancel);
        return answer.Problem is { } no
            ? await Form(id, entry, form.With(no), api, partnerships, visitor, cancel)
            : Page.Done($"/samverkan/{id}/dialog", "dialogue-written");
    }
}
