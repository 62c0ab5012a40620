using Iop.Web.Contracts;
using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Money;

/// <summary>What the funder has paid in, confirmed by who received it; and the end of the contract.</summary>
internal static class InvestmentPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/utfallskontrakt/{id:guid}/satsning",
            (Guid id, ContractsApi contracts, MoneyApi api, Visitor visitor, CancellationToken cancel) =>
            Show(id, null, contracts, api, visitor, cancel));
        app.MapPost("/utfallskontrakt/{id:guid}/satsning", Do);
    }

    private static async Task<IResult> Show(
        Guid id, Filled? form, ContractsApi contracts, MoneyApi api, Visitor visitor, CancellationToken cancel)
    {
        var contract = await contracts.Show(id, cancel);
        if (contract.Problem is { } no) return no.AsPage(visitor);
        var paid = await api.PaidIn(id, cancel);
        return paid.Problem is { } neither
            ? neither.AsPage(visitor)
            : Page.Of<InvestmentPage>(
                new { Contract = contract.Value, contract.Tag, PaidIn = paid.Value!.Items, Form = form },
                form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Do(
        Guid id, Filled form, ContractsApi contracts, MoneyApi api, Visitor visitor, CancellationToken cancel)
    {
        var (problem, done) = form.Text("do") switch
        {
            "record" => ((await api.RecordPaidIn(id, new
            {
                receiverOrganisationId = form.Text("receiverOrganisationId"), amount = Typed.Amount(form.Text("amount")) ?? "",
                paidOn = form.Text("paidOn"), reference = form.Text("reference") ?? "",
            }, form.Key, cancel)).Problem, "paid-in-recorded"),
            "end" => ((await contracts.Do(id, "end", new { reason = form.Text("reason") ?? "" }, form.Tag, form.Key, cancel))
                .Problem, "contract-ended"),
            var answer => ((await api.AnswerPaidIn(Guid.TryParse(form.Text("paidIn"), out var paid) ? paid : Guid.Empty,
                new { came = answer == "came", comment = form.Text("comment") }, form.Tag, cancel)).Problem, "paid-in-answered"),
        };
        return problem is { } no
            ? await Show(id, form.With(no), contracts, api, visitor, cancel)
            : Page.Done($"/utfallskontrakt/{id}/satsning", done);
    }
}
