using Iop.Web.Frame;
using Iop.Web.Instruments;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Agreements;

/// <summary>The legal assessment (rättslig bedömning): question by question with reasons, approved by the public parties'
/// lawyers.</summary>
internal static class AssessAgreement
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/avtal/{id:guid}/bedomning",
            (Guid id, AgreementsApi api, InstrumentsApi instruments, Visitor visitor, CancellationToken cancel) =>
            Show(id, null, null, api, instruments, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/bedomning/fragor/{question}", AnswerQuestion);
        app.MapPost("/avtal/{id:guid}/bedomning/fragor/{question}/bekraftelse", Confirm);
        app.MapPost("/avtal/{id:guid}/bedomning/godkannande", Approve);
    }

    private static async Task<IResult> Show(
        Guid id, Filled? form, string? question, AgreementsApi api, InstrumentsApi instruments, Visitor visitor,
        CancellationToken cancel)
    {
        var agreement = await api.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var assessment = await api.Assessment(id, cancel);
        if (assessment.Problem is { } neither) return neither.AsPage(visitor);
        var relations = await instruments.Relations(agreement.Value!.PartnershipId, cancel);
        return Page.Of<AssessmentPage>(
            new { Agreement = agreement.Value, Assessment = assessment.Value, assessment.Tag, Form = form,
                Answering = question, Relations = relations.Value?.Items ?? [] },
            form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> AnswerQuestion(
        Guid id, string question, Filled form, AgreementsApi api, InstrumentsApi instruments, Visitor visitor,
        CancellationToken cancel)
    {
        var answer = await api.AnswerQuestion(
            id, question, new { answer = form.Text("answer"), reason = form.Text("reason"), clause = form.Text("clause") },
            form.Tag, cancel);
        return answer.Problem is { } no
            ? await Show(id, form.With(no), question, api, instruments, visitor, cancel)
            : Results.Redirect($"/avtal/{id}/bedomning?klart=question-answered#{question}");
    }

    private static async Task<IResult> Confirm(
        Guid id, string question, Filled form, AgreementsApi api, InstrumentsApi instruments, Visitor visitor,
        CancellationToken cancel)
    {
        var answer = await api.ConfirmAnswer(id, question, form.Tag, cancel);
        return answer.Problem is { } no
            ? await Show(id, form.With(no), null, api, instruments, visitor, cancel)
            : Results.Redirect($"/avtal/{id}/bedomning?klart=answer-confirmed#{question}");
    }

    private static async Task<IResult> Approve(Guid id, Filled form, AgreementsApi api, InstrumentsApi instruments,
        Visitor visitor,
        CancellationToken cancel)
    {
        var answer = await api.Do(id, "assessment/approvals", new { }, form.Tag, form.Key, cancel);
        return answer.Problem is { } no
            ? await Show(id, form.With(no), null, api, instruments, visitor, cancel)
            : Page.Done($"/avtal/{id}/bedomning", "assessment-approved");
    }
}
