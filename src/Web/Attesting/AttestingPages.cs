using Iop.Web.Contracts;
using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Attesting;

/// <summary>Claims to attest, and one claim: where the amount comes from, who has attested, and what can be done with
/// it.</summary>
internal static class AttestingPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/attest", List);
        app.MapGet("/attest/{id:guid}", (Guid id, ContractsApi api, Visitor visitor, CancellationToken cancel) =>
            Show(id, null, api, visitor, cancel));
        app.MapPost("/attest/{id:guid}", Do);
    }

    private static async Task<IResult> List(ContractsApi api, Visitor visitor, CancellationToken cancel)
    {
        var obligations = await api.Obligations(null, cancel);
        return obligations.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<ClaimList>(new { Obligations = obligations.Value!.Items });
    }

    private static async Task<IResult> Show(Guid id, Filled? form, ContractsApi api, Visitor visitor, CancellationToken cancel)
    {
        var obligation = await api.Obligation(id, cancel);
        if (obligation.Problem is { } no) return no.AsPage(visitor);
        var contract = await api.Show(obligation.Value!.ContractId, cancel);
        return Page.Of<ClaimPage>(
            new { Obligation = obligation.Value, obligation.Tag, Contract = contract.Value, Form = form }, form?.Problem?.Status
                ?? 200);
    }

    private static async Task<IResult> Do(Guid id, Filled form, ContractsApi api, Visitor visitor, CancellationToken cancel)
    {
        var (resource, body, done) = form.Text("do") switch
        {
            "claim" => ("claim",
                (object)new { reference = form.Text("reference"), orderReference = form.Text("orderReference") }, "claimed"),
            "settle" => ("settlement", new { }, "settled"),
            "write-off" => ("write-off", new { reason = form.Text("why") ?? "" }, "written-off"),
            "dispute" => ("dispute", new { reason = form.Text("reason") ?? "" }, "disputed"),
            "resolve" => ("dispute/resolution", (object)new { outcome = form.Text("outcome") ?? "" }, "resolved"),
            _ => ("attestations", new { }, "attested"),
        };
        var answer = await api.DoWith(id, resource, body, form.Tag, form.Key, cancel);
        return answer.Problem is { } no ? await Show(id, form.With(no), api, visitor, cancel) : Page.Done($"/attest/{id}", done);
    }
}
