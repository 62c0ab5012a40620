using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.AgreementParts;

/// <summary>Goals, their parts, and learning goals.</summary>
internal static class Goals
{
    public static void Map(WebApplication app)
    {
        app.MapPost("/avtal/{id:guid}/mal", Add);
        app.MapGet("/avtal/{id:guid}/mal/{goalId:guid}",
            (Guid id, Guid goalId, AgreementsApi agreements, Visitor visitor, CancellationToken cancel) =>
                Edit(id, goalId, null, agreements, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/mal/{goalId:guid}", Reword);
        app.MapPost("/avtal/{id:guid}/mal/{goalId:guid}/bort", Remove);
    }

    private static async Task<IResult> Add(
        Guid id, Filled form, PartsApi api, AgreementsApi agreements, Visitor visitor, CancellationToken cancel)
    {
        // "learning:<party>" is a party's own, "partial:<goal>" a part of a whole.
        var kind = (form.Text("kind") ?? "").Split(':', 2);
        var answer = await api.Create(id, "goals", new
        {
            kind = kind[0], text = form.Text("text") ?? "",
            partOf = kind is ["partial", var whole] ? whole : null, partyId = kind is ["learning", var party] ? party : null,
        }, form.Key, cancel);
        return await PartPages.After<GoalsPage>(answer, id, "mal", "part-added", form, agreements, visitor, cancel);
    }

    private static async Task<IResult> Edit(
        Guid id, Guid goalId, Filled? form, AgreementsApi agreements, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        return agreement.Value!.Parts?.Goals?.FirstOrDefault(goal => goal.Id == goalId) is { } goal
            ? Page.Of<GoalPage>(new { Agreement = agreement.Value, Goal = goal, Form = form }, form?.Problem?.Status ?? 200)
            : ErrorPages.NotFound();
    }

    private static async Task<IResult> Reword(
        Guid id, Guid goalId, Filled form, PartsApi api, AgreementsApi agreements, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.Change(id, $"goals/{goalId}", new { text = form.Text("text") ?? "" }, form.Tag, cancel);
        return answer.Problem is { } no
            ? await Edit(id, goalId, form.With(no), agreements, visitor, cancel)
            : Page.Done($"/avtal/{id}/mal", "part-changed");
    }

    private static async Task<IResult> Remove(
        Guid id, Guid goalId, Filled form, PartsApi api, AgreementsApi agreements, Visitor visitor, CancellationToken cancel) =>
        await PartPages.After<GoalsPage>(await api.Remove(id, $"goals/{goalId}", form.Tag, cancel), id, "mal", "part-removed",
            form,
            agreements, visitor, cancel);
}
