using Iop.Web.Contracts;
using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.ContractDrafting;

/// <summary>The legal assessment of an outcome contract on one page: the questions, each public party's answers and what they
/// come to; a party's lawyer answers and approves.</summary>
internal static class ContractAssessing
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/utfallskontrakt/{id:guid}/bedomning",
            (Guid id, ContractsApi api, Visitor visitor, CancellationToken cancel) => Show(id, null, null, api, visitor, cancel));
        app.MapGet("/utfallskontrakt/{id:guid}/godkann", (Guid id) => Results.Redirect($"/utfallskontrakt/{id}/bedomning"));
        app.MapPost("/utfallskontrakt/{id:guid}/bedomning/fragor/{question}", Answer);
        app.MapPost("/utfallskontrakt/{id:guid}/bedomning/godkannande", Approve);
    }

    private static async Task<IResult> Show(
        Guid id, Filled? form, string? question, ContractsApi api, Visitor visitor, CancellationToken cancel)
    {
        var contract = await api.Show(id, cancel);
        if (contract.Problem is { } no) return no.AsPage(visitor);
        var assessment = await api.Assessment(id, cancel);
        return assessment.Problem is { } neither
            ? neither.AsPage(visitor)
            : Page.Of<ContractAssessmentPage>(
                new { Contract = contract.Value, Assessment = assessment.Value, Form = form, Answering = question },
                form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Answer(
        Guid id, string question, Filled form, ContractsApi api, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.AnswerQuestion(
            id, question, new { answer = form.Text("answer") ?? "", reason = form.Text("reason") ?? "",
                clause = form.Text("clause") }, form.Tag, cancel);
        return answer.Problem is { } no
            ? await Show(id, form.With(no), question, api, visitor, cancel)
            : Results.Redirect($"/utfallskontrakt/{id}/bedomning?klart=question-answered#{question}");
    }

    private static async Task<IResult> Approve(
        Guid id, Filled form, ContractsApi api, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.Do(
            id, "legal-approvals", new { reason = form.Text("reason") ?? "" }, form.Tag, form.Key, cancel);
        return answer.Problem is { } no
            ? await Show(id, form.With(no), null, api, visitor, cancel)
            : Page.Done($"/utfallskontrakt/{id}/bedomning", "contract-approve");
    }
}
