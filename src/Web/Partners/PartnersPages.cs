using Iop.Web.Dialogue;
using Iop.Web.Frame;
using Iop.Web.Partnerships;
using Iop.Web.Parts;
using Iop.Web.Problems;
using Iop.Web.Register;

namespace Iop.Web.Partners;

/// <summary>How the partners are chosen, who is around the table, and where each of them stands.</summary>
internal static class PartnersPages
{
    /// <summary>Where one that is newly named can stand.</summary>
    public static IReadOnlyList<string> Beginnings { get; } = ["asked", "belongs-at-table", "informed", "observes"];

    public static void Map(WebApplication app)
    {
        app.MapGet("/samverkan/{id:guid}/partner",
            (Guid id, WorkspaceApi api, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel) =>
                Show(id, null, api, partnerships, visitor, cancel));
        app.MapPost("/samverkan/{id:guid}/partner", Choose);
        app.MapGet("/samverkan/{id:guid}/aktor",
            (Guid id, string? sok, PartnershipsApi partnerships, RegisterApi register, Visitor visitor,
                CancellationToken cancel) =>
                NameForm(id, sok, null, partnerships, register, visitor, cancel));
        app.MapPost("/samverkan/{id:guid}/aktor", Name);
        app.MapGet("/samverkan/{id:guid}/aktor/{actor:guid}",
            (Guid id, Guid actor, WorkspaceApi api, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel) =>
                MoveForm(id, actor, null, api, partnerships, visitor, cancel));
        app.MapPost("/samverkan/{id:guid}/aktor/{actor:guid}", Move);
    }

    private static async Task<IResult> Show(
        Guid id, Filled? form, WorkspaceApi api, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel)
    {
        var partnership = await partnerships.Show(id, cancel);
        if (partnership.Problem is { } no) return no.AsPage(visitor);
        var partners = await api.Partners(id, cancel);
        return partners.Problem is { } trouble
            ? trouble.AsPage(visitor)
            : Page.Of<PartnersPage>(
                new { Partnership = partnership.Value, Partners = partners.Value, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Choose(
        Guid id, Filled form, WorkspaceApi api, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.Change(id, "partner-choice", new
        {
            openInvitation = form.Text("openInvitation") == "true", how = form.Text("how") ?? "",
            criteria = form.Text("criteria") ?? "",
        }, form.Tag, cancel);
        return answer.Problem is { } no
            ? await Show(id, form.With(no), api, partnerships, visitor, cancel)
            : Page.Done($"/samverkan/{id}/partner", "choice-written");
    }

    private static async Task<IResult> NameForm(
        Guid id, string? search, Filled? form, PartnershipsApi partnerships, RegisterApi register, Visitor visitor,
        CancellationToken cancel)
    {
        var partnership = await partnerships.Show(id, cancel);
        if (partnership.Problem is { } no) return no.AsPage(visitor);
        var organisations = string.IsNullOrWhiteSpace(search) ? null : await register.Organisations(search, cancel);
        return Page.Of<ActorForm>(
            new { Partnership = partnership.Value, Organisations = organisations?.Value?.Items
                ?? [], Search = search, Form = form },
            form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Name(
        Guid id, Filled form, WorkspaceApi api, PartnershipsApi partnerships, RegisterApi register, Visitor visitor,
        CancellationToken cancel)
    {
        var chosen = (form.Text("organisationId") ?? "").Split('/');
        var onPlatform = chosen[0].Length > 0;
        var answer = await api.Create(id, "actors", new
        {
            standing = form.Text("standing"), reason = form.Text("reason"),
            name = onPlatform ? null : form.Text("name"), kind = onPlatform ? null : form.Text("kind"),
            organisationId = onPlatform ? chosen[0] : null, unitId = chosen.Length > 1 ? chosen[1] : null,
        }, form.Key, cancel);
        return answer.Problem is { } no
            ? await NameForm(id, form.Text("sok"), form.With(no), partnerships, register, visitor, cancel)
            : Page.Done($"/samverkan/{id}/partner", "actor-named");
    }

    private static async Task<IResult> MoveForm(
        Guid id, Guid actor, Filled? form, WorkspaceApi api, PartnershipsApi partnerships, Visitor visitor,
        CancellationToken cancel)
    {
        var partnership = await partnerships.Show(id, cancel);
        if (partnership.Problem is { } no) return no.AsPage(visitor);
        var named = await api.Actor(id, actor, cancel);
        return named.Problem is { } missing
            ? missing.AsPage(visitor)
            : Page.Of<MoveActor>(
                new { Partnership = partnership.Value, Actor = named.Value, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Move(
        Guid id, Guid actor, Filled form, WorkspaceApi api, PartnershipsApi partnerships, Visitor visitor,
        CancellationToken cancel)
    {
        var answer = await api.Change(id, $"actors/{actor}",
            new { standing = form.Text("standing"), reason = form.Text("reason"), since = form.Text("since") }, form.Tag, cancel);
        return answer.Problem is { } no
            ? await MoveForm(id, actor, form.With(no), api, partnerships, visitor, cancel)
            : Page.Done($"/samverkan/{id}/partner", "actor-moved");
    }
}
