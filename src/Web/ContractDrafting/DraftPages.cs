using Iop.Web.Contracts;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Partnerships;
using Iop.Web.Parts;
using Iop.Web.Problems;
using Iop.Web.Register;
using Iop.Web.Terms;
using Iop.Web.Texts;

namespace Iop.Web.ContractDrafting;

/// <summary>Draft an outcome contract: its parties in their roles, its periods, the partnership it finances, and its terms with
/// the check beside.</summary>
internal static class DraftPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/utfallskontrakt/ny", (Guid? samverkan, Drafting drafting, CancellationToken cancel) =>
            drafting.Page(null, samverkan, cancel));
        app.MapPost("/utfallskontrakt/ny", Draft);
    }

    private static async Task<IResult> Draft(
        Filled form, Drafting drafting, ContractsApi api, Words words, CancellationToken cancel)
    {
        if (form.Text("do") is not "save") return await drafting.Page(form, null, cancel);
        if (DraftForm.Unsendable(form).ToList() is { Count: > 0 } empty)
            return await drafting.Page(form.With(DraftForm.Unfinished(empty, words)), null, cancel);
        var (request, fields) = DraftForm.Read(form);
        var answer = await api.Draft(request, form.Key, cancel);
        return answer.Problem is { } no
            ? await drafting.Page(form.With(DraftForm.AtFields(no, fields)), null, cancel)
            : Page.Done($"/utfallskontrakt/{answer.Value!.Id}", "contract-drafted");
    }
}

/// <summary>What the page of a new contract needs from around it.</summary>
internal sealed class Drafting(
    PartnershipsApi partnerships, RegisterApi register, TermsApi terms, Visitor visitor, Words words)
{
    public async Task<IResult> Page(Filled? form, Guid? partnership, CancellationToken cancel)
    {
        var mine = await partnerships.Mine(cancel);
        if (mine.Problem is { } no) return no.AsPage(visitor);
        var sample = TermsSamples.Find(form?.Text("sample"), words.Language).Text;
        var text = form is null || form["do"] == "sample" ? sample : (form["text"] ?? "").ReplaceLineEndings("\n");
        var check = await terms.Check(text, cancel);
        return Frame.Page.Of<NewContract>(
            new
            {
                Form = form, Text = text, Check = check.Value, Partnerships = mine.Value!.Items, Partnership = partnership,
                Organisations = await Organisations(form, cancel),
            },
            form?.Problem?.Status ?? 200);
    }

    /// <summary>Those that were found, and those that have been chosen already.</summary>
    private async Task<IReadOnlyList<Organisation>> Organisations(Filled? form, CancellationToken cancel)
    {
        var found = (await register.Organisations(form?.Text("search"), cancel)).Value?.Items ?? [];
        var chosen = Enumerable.Range(0, form is null ? 0 : DraftForm.Parties(form))
            .Select(at => form!.Text(DraftForm.Party(at, "organisation"))?.Split('/')[0])
            .Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).Distinct()
            .Where(id => id != Guid.Empty && found.All(one => one.Id != id)).ToList();
        var others = await Task.WhenAll(chosen.Select(id => register.OrganisationWithUnits(id, cancel)));
        return [.. others.Select(answer => answer.Value).OfType<Organisation>(), .. found];
    }
}
