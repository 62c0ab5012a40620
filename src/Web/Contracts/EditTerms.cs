using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;
using Iop.Web.Terms;

namespace Iop.Web.Contracts;

/// <summary>Write the terms of a contract that is still a draft.</summary>
internal static class EditTerms
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/utfallskontrakt/{id:guid}/villkor",
            (Guid id, ContractsApi api, TermsApi terms, Visitor visitor, CancellationToken cancel) =>
            Editor(id, null, api, terms, visitor, cancel));
        app.MapPost("/utfallskontrakt/{id:guid}/villkor", Save);
    }

    private static async Task<IResult> Editor(
        Guid id, Filled? form, ContractsApi api, TermsApi terms, Visitor visitor, CancellationToken cancel)
    {
        var contract = await api.Show(id, cancel);
        if (contract.Problem is { } no) return no.AsPage(visitor);
        var text = form?["text"]?.ReplaceLineEndings("\n") ?? contract.Value!.Terms ?? "";
        var check = await terms.Check(text, cancel);
        return Page.Of<TermsEditor>(
            new { Contract = contract.Value, contract.Tag, Text = text, Check = check.Value, Form = form }, form?.Problem?.Status
                ?? 200);
    }

    private static async Task<IResult> Save(
        Guid id, Filled form, ContractsApi api, TermsApi terms, Visitor visitor, CancellationToken cancel)
    {
        if (form.Text("do") == "check") return await Editor(id, form, api, terms, visitor, cancel);
        var answer = await api.SaveTerms(id, (form["text"] ?? "").ReplaceLineEndings("\n"), form.Tag, cancel);
        return answer.Problem is { } no
            ? await Editor(id, form.With(no), api, terms, visitor, cancel)
            : Page.Done($"/utfallskontrakt/{id}", "terms-saved");
    }
}
