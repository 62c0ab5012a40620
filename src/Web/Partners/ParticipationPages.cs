using Iop.Web.Dialogue;
using Iop.Web.Frame;
using Iop.Web.Partnerships;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Partners;

/// <summary>The target group's part in each step: who, how, and what it changed.</summary>
internal static class ParticipationPages
{
    public static IReadOnlyList<string> Steps { get; } =
        ["challenge", "goals", "interventions", "roles", "agreement", "follow-up", "evaluation"];

    public static IReadOnlyList<string> Levels { get; } = ["information", "consultation", "dialogue", "partnership"];

    public static void Map(WebApplication app)
    {
        app.MapGet("/samverkan/{id:guid}/delaktighet", List);
        app.MapGet("/samverkan/{id:guid}/delaktighet/ny",
            (Guid id, WorkspaceApi api, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel) =>
                Form(id, null, null, api, partnerships, visitor, cancel));
        app.MapPost("/samverkan/{id:guid}/delaktighet/ny",
            (Guid id, Filled form, WorkspaceApi api, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel) =>
                Save(id, null, form, api, partnerships, visitor, cancel));
        app.MapGet("/samverkan/{id:guid}/delaktighet/{one:guid}",
            (Guid id, Guid one, WorkspaceApi api, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel) =>
                Form(id, one, null, api, partnerships, visitor, cancel));
        app.MapPost("/samverkan/{id:guid}/delaktighet/{one:guid}",
            (Guid id, Guid one, Filled form, WorkspaceApi api, PartnershipsApi partnerships, Visitor visitor,
                CancellationToken cancel) => Save(id, one, form, api, partnerships, visitor, cancel));
    }

    private static async Task<IResult> List(
        Guid id, WorkspaceApi api, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel)
    {
        var partnership = await partnerships.Show(id, cancel);
        if (partnership.Problem is { } no) return no.AsPage(visitor);
        var all = await api.Participation(id, cancel);
        return all.Problem is { } trouble
            ? trouble.AsPage(visitor)
            : Page.Of<ParticipationList>(new { Partnership = partnership.Value, All = all.Value!.Items });
    }

    private static async Task<IResult> Form(
        Guid id, Guid? one, Filled? form, WorkspaceApi api, PartnershipsApi partnerships, Visitor visitor,
        CancellationToken cancel)
    {
        var partnership = await partnerships.Show(id, cancel);
        if (partnership.Problem is { } no) return no.AsPage(visitor);
        var written = one is { } known ? await api.Participation(id, known, cancel) : null;
        return written?.Problem is { } missing
            ? missing.AsPage(visitor)
            : Page.Of<ParticipationForm>(
                new { Partnership = partnership.Value, Written = written?.Value, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Save(
        Guid id, Guid? one, Filled form, WorkspaceApi api, PartnershipsApi partnerships, Visitor visitor,
        CancellationToken cancel)
    {
        var involved = new
        {
            step = form.Text("step"), who = form.Text("who") ?? "", level = form.Text("level"), how = form.Text("how") ?? "",
            heldOn = form.Text("heldOn"), whatChanged = form.Text("whatChanged"),
        };
        var answer = one is { } known
            ? await api.Change(id, $"participation/{known}", involved, form.Tag, cancel)
            : await api.Create(id, "participation", involved, form.Key, cancel);
        return answer.Problem is { } no
            ? await Form(id, one, form.With(no), api, partnerships, visitor, cancel)
            : Page.Done($"/samverkan/{id}/delaktighet", "participation-written");
    }
}
