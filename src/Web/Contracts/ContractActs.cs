using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;
using Iop.Web.Signing;

namespace Iop.Web.Contracts;

/// <summary>Open for signature, sign: each says what follows before anything is done.</summary>
internal static class ContractActs
{
    public static void Map(WebApplication app)
    {
        foreach (var (act, path) in new[] { ("open", "oppna"), ("sign", "underskrift") })
        {
            app.MapGet($"/utfallskontrakt/{{id:guid}}/{path}",
                (Guid id, ContractsApi api, Visitor visitor, CancellationToken cancel) =>
                Ask(id, act, null, api, visitor, cancel));
            app.MapPost($"/utfallskontrakt/{{id:guid}}/{path}",
                (Guid id, Filled form, ContractsApi api, Visitor visitor, CancellationToken cancel) =>
                Do(id, act, form, api, visitor, cancel));
        }
    }

    private static async Task<IResult> Ask(
        Guid id, string act, Filled? form, ContractsApi api, Visitor visitor, CancellationToken cancel)
    {
        var contract = await api.Show(id, cancel);
        return contract.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<ContractAct>(new { Contract = contract.Value, contract.Tag, Act = act, Form = form }, form?.Problem?.Status
                ?? 200);
    }

    private static async Task<IResult> Do(
        Guid id, string act, Filled form, ContractsApi api, Visitor visitor, CancellationToken cancel)
    {
        var answer = act switch
        {
            "open" => await api.Do(id, "opening", new { }, form.Tag, form.Key, cancel),
            _ => await api.Do(id, "signatures", new { mandate = MandateForm.Of(form) }, form.Tag, form.Key, cancel),
        };
        return answer.Problem is { } no
            ? await Ask(id, act, form.With(no), api, visitor, cancel)
            : Page.Done($"/utfallskontrakt/{id}{(act == "sign" ? "/underskrift" : "")}", act == "sign" ? "signed"
                : "contract-" + act);
    }
}
