using Iop.Web.Frame;
using Iop.Web.Partnerships;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Instruments;

/// <summary>Advice before an agreement and beside it: each questionnaire on a page of its own, and the relations between the
/// parties.</summary>
internal static class InstrumentPages
{
    public static IReadOnlyList<string> RelationKinds { get; } =
        ["grant", "project-funds", "assignment-grant", "public-contract", "other-contract", "procured-before", "self-run-before",
            "other"];

    public static void Map(WebApplication app)
    {
        app.MapGet("/samverkan/{id:guid}/vagledning", List);
        app.MapGet("/samverkan/{id:guid}/vagledning/{key}",
            (Guid id, string key, InstrumentsApi api, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel) =>
                Show(id, key, null, null, api, partnerships, visitor, cancel));
        app.MapPost("/samverkan/{id:guid}/vagledning/{key}/svar/{question}", GiveAnswer);
        app.MapPost("/samverkan/{id:guid}/vagledning/{key}/rader", AddMatter);
        app.MapGet("/samverkan/{id:guid}/relationer",
            (Guid id, InstrumentsApi api, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel) =>
                Relations(id, null, api, partnerships, visitor, cancel));
        app.MapPost("/samverkan/{id:guid}/relationer", ListRelation);
        app.MapPost("/samverkan/{id:guid}/relationer/borttagning", RemoveRelation);
    }

    private static async Task<IResult> List(
        Guid id, InstrumentsApi api, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel)
    {
        var partnership = await partnerships.Show(id, cancel);
        if (partnership.Problem is { } no) return no.AsPage(visitor);
        var all = await api.All(id, cancel);
        return all.Problem is { } neither
            ? neither.AsPage(visitor)
            : Page.Of<InstrumentList>(new { Partnership = partnership.Value, Instruments = all.Value!.Items });
    }

    private static async Task<IResult> Show(
        Guid id, string key, Filled? form, string? question, InstrumentsApi api, PartnershipsApi partnerships, Visitor visitor,
        CancellationToken cancel)
    {
        var partnership = await partnerships.Show(id, cancel);
        if (partnership.Problem is { } no) return no.AsPage(visitor);
        var instrument = await api.Show(id, key, cancel);
        return instrument.Problem is { } neither
            ? neither.AsPage(visitor)
            : Page.Of<InstrumentPage>(
                new { Partnership = partnership.Value, Instrument = instrument.Value, Form = form, Answering = question },
                form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> GiveAnswer(
        Guid id, string key, string question, Filled form, InstrumentsApi api, PartnershipsApi partnerships, Visitor visitor,
        CancellationToken cancel)
    {
        var answer = await api.GiveAnswer(id, key, question, new
        {
            answer = form.Text("answer"), reason = form.Text("reason"), clause = form.Text("clause"),
            matterId = form.Text("matterId"), partyId = form.Text("partyId"),
        }, form.Tag, cancel);
        return answer.Problem is { } no
            ? await Show(id, key, form.With(no), $"{question}/{form.Text("matterId")}/{form.Text("partyId")}", api, partnerships,
                visitor, cancel)
            : Results.Redirect($"/samverkan/{id}/vagledning/{key}?klart=question-answered#{question}");
    }

    private static async Task<IResult> AddMatter(
        Guid id, string key, Filled form, InstrumentsApi api, PartnershipsApi partnerships, Visitor visitor,
        CancellationToken cancel)
    {
        var answer = await api.AddMatter(id, key, new { text = form.Text("text") }, form.Key, cancel);
        return answer.Problem is { } no
            ? await Show(id, key, form.With(no), null, api, partnerships, visitor, cancel)
            : Page.Done($"/samverkan/{id}/vagledning/{key}", "matter-added");
    }

    private static async Task<IResult> Relations(
        Guid id, Filled? form, InstrumentsApi api, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel)
    {
        var partnership = await partnerships.Show(id, cancel);
        if (partnership.Problem is { } no) return no.AsPage(visitor);
        var relations = await api.Relations(id, cancel);
        return relations.Problem is { } neither
            ? neither.AsPage(visitor)
            : Page.Of<RelationPage>(new { Partnership = partnership.Value, Relations = relations.Value!.Items, Form = form },
                form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> ListRelation(
        Guid id, Filled form, InstrumentsApi api, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.ListRelation(id, new
        {
            kind = form.Text("kind"), fromPartyId = form.Text("fromPartyId"), toPartyId = form.Text("toPartyId"),
            description = form.Text("description"), kronorPerYear = Typed.Amount(form.Text("kronorPerYear")),
            startsOn = form.Text("startsOn"), endsOn = form.Text("endsOn"),
        }, form.Key, cancel);
        return answer.Problem is { } no
            ? await Relations(id, form.With(no), api, partnerships, visitor, cancel)
            : Page.Done($"/samverkan/{id}/relationer", "relation-listed");
    }

    private static async Task<IResult> RemoveRelation(
        Guid id, Filled form, InstrumentsApi api, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.RemoveRelation(id, new { relationId = form.Text("relationId"), reason = form.Text("reason") },
            form.Tag, cancel);
        return answer.Problem is { } no
            ? await Relations(id, form.With(no), api, partnerships, visitor, cancel)
            : Page.Done($"/samverkan/{id}/relationer", "relation-removed");
    }

    public static IReadOnlyList<Link> Crumbs(Texts.Words words, Partnership partnership, bool within = true) =>
    [
        new Link(words["section.partnerships"], "/samverkan"),
        new Link(partnership.Title, $"/samverkan/{partnership.Id}"),
        .. within ? [new Link(words["instrument.title"], $"/samverkan/{partnership.Id}/vagledning")] : Array.Empty<Link>(),
    ];
}
