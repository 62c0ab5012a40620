using Iop.Web.ContractDrafting;
using Iop.Web.Contracts;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;
using Iop.Web.Register;
using Iop.Web.Signing;
using Iop.Web.Terms;
using Iop.Web.Texts;

namespace Iop.Web.Amending;

/// <summary>Amend a signed contract from a date: write it, have it assessed, open it, sign it; earlier terms stay
/// readable.</summary>
internal static class AmendmentPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/utfallskontrakt/{id:guid}/tillagg", List);
        app.MapGet("/utfallskontrakt/{id:guid}/tillagg/nytt", (Guid id, AmendmentWriter writer, CancellationToken cancel) =>
            writer.Page(id, null, null, cancel));
        app.MapPost("/utfallskontrakt/{id:guid}/tillagg/nytt",
            (Guid id, Filled form, AmendmentWriter writer, CancellationToken cancel) => writer.Save(id, null, form, cancel));
        app.MapGet("/utfallskontrakt/{id:guid}/tillagg/{number:int}",
            (Guid id, int number, ContractsApi api, Visitor visitor, CancellationToken cancel) =>
                Show(id, number, null, api, visitor, cancel));
        app.MapGet("/utfallskontrakt/{id:guid}/tillagg/{number:int}/skriv",
            (Guid id, int number, AmendmentWriter writer, CancellationToken cancel) => writer.Page(id, number, null, cancel));
        app.MapPost("/utfallskontrakt/{id:guid}/tillagg/{number:int}/skriv",
            (Guid id, int number, Filled form, AmendmentWriter writer, CancellationToken cancel) =>
                writer.Save(id, number, form, cancel));
        app.MapPost("/utfallskontrakt/{id:guid}/tillagg/{number:int}", Act);
    }

    private static async Task<IResult> List(Guid id, ContractsApi api, Visitor visitor, CancellationToken cancel)
    {
        var contract = await api.Show(id, cancel);
        return contract.Problem is { } no ? no.AsPage(visitor) : Page.Of<AmendmentList>(new { Contract = contract.Value });
    }

    private static async Task<IResult> Show(
        Guid id, int number, Filled? form, ContractsApi api, Visitor visitor, CancellationToken cancel)
    {
        var contract = await api.Show(id, cancel);
        if (contract.Problem is { } no) return no.AsPage(visitor);
        var amendment = await api.Amendment(id, number, cancel);
        return amendment.Problem is { } neither
            ? neither.AsPage(visitor)
            : Page.Of<AmendmentPage>(
                new { Contract = contract.Value, Amendment = amendment.Value, amendment.Tag, Form = form },
                form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Act(
        Guid id, int number, Filled form, ContractsApi api, Visitor visitor, CancellationToken cancel)
    {
        var (act, body) = form.Text("do") switch
        {
            "sign" => ("signatures", (object)new { mandate = MandateForm.Of(form) }),
            "open" => ("opening", new { }),
            _ => ("abandonment", new { reason = form.Text("reason") ?? "" }),
        };
        var answer = await api.Do(id, $"amendments/{number}/{act}", body, form.Tag, form.Key, cancel);
        return answer.Problem is { } no
            ? await Show(id, number, form.With(no), api, visitor, cancel)
            : Page.Done($"/utfallskontrakt/{id}/tillagg/{number}", "amendment-" + act);
    }
}

/// <summary>Writes an amendment: the contract's own parties and later periods stand there to begin with.</summary>
internal sealed class AmendmentWriter(
    ContractsApi api, RegisterApi register, TermsApi terms, Visitor visitor, Words words)
{
    public async Task<IResult> Page(Guid id, int? number, Filled? form, CancellationToken cancel)
    {
        var contract = await api.Show(id, cancel);
        if (contract.Problem is { } no) return no.AsPage(visitor);
        var earlier = number is { } known ? await api.Amendment(id, known, cancel) : null;
        if (earlier?.Problem is { } neither) return neither.AsPage(visitor);
        var text = form?["text"]?.ReplaceLineEndings("\n") ?? earlier?.Value?.Terms ?? contract.Value!.Terms ?? "";
        var check = await terms.Check(text, cancel);
        var organisations = await register.Organisations(form?.Text("search"), cancel);
        return Frame.Page.Of<AmendmentForm>(
            new
            {
                Contract = contract.Value, Earlier = earlier?.Value, earlier?.Tag, Form = form, Text = text,
                Check = check.Value, Organisations = organisations.Value?.Items ?? [],
            },
            form?.Problem?.Status ?? 200);
    }

    public async Task<IResult> Save(Guid id, int? number, Filled form, CancellationToken cancel)
    {
        if (form.Text("do") is not "save") return await Page(id, number, form, cancel);
        if (DraftForm.Unsendable(form).ToList() is { Count: > 0 } empty)
            return await Page(id, number, form.With(DraftForm.Unfinished(empty, words)), cancel);
        var (request, fields) = DraftForm.ReadAmendment(form);
        var answer = number is { } known
            ? await api.RewriteAmendment(id, known, request, form.Tag, cancel)
            : await api.DraftAmendment(id, request, form.Key, cancel);
        return answer.Problem is { } no
            ? await Page(id, number, form.With(DraftForm.AtFields(no, fields)), cancel)
            : Frame.Page.Done($"/utfallskontrakt/{id}/tillagg/{answer.Value!.Number}", "amendment-saved");
    }
}
