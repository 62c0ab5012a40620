using Iop.Web.Contracts;
using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Money;

/// <summary>For those who look after the money: statements, reconciliation, budget years, disputes and payment files.</summary>
internal static class MoneyPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/utfallskontrakt/{id:guid}/kontoutdrag", OfContract);
        app.MapGet("/utfallskontrakt/{id:guid}/avstamning", Reconcile);
        foreach (var (kind, path) in new[] { ("payer", "betalare"), ("funder", "finansiar") })
        {
            app.MapGet($"/kontoutdrag/{path}", (string? fran, string? till, MoneyApi api, Visitor visitor,
                CancellationToken cancel) => Show(kind, null, fran, till, api, visitor, cancel));
        }
        app.MapGet("/budgetar", ShowBudget);
        app.MapGet("/attest/tvister", ShowDisputes);
        app.MapGet("/betalningsfiler", (MoneyApi api, Visitor visitor, CancellationToken cancel) =>
            ShowFiles(null, api, visitor, cancel));
        app.MapPost("/betalningsfiler", MakeFile);
        app.MapPost("/betalningsfiler/{id:guid}", CancelFile);
        BankPages.Map(app);
        InvestmentPages.Map(app);
    }

    private static async Task<IResult> OfContract(
        Guid id, string? from, string? to, ContractsApi contracts, MoneyApi api, Visitor visitor, CancellationToken cancel)
    {
        var contract = await contracts.Show(id, cancel);
        return contract.Problem is { } no
            ? no.AsPage(visitor)
            : await Show("contract", contract.Value, from, to, api, visitor, cancel);
    }

    private static async Task<IResult> Show(
        string kind, Contract? contract, string? from, string? to, MoneyApi api, Visitor visitor, CancellationToken cancel)
    {
        var rest = string.Join('&', new[]
        {
            contract is null
                ? null : $"contractId={contract.Id}", Typed.Day(from) is { } first ? $"from={first:yyyy-MM-dd}" : null,
            Typed.Day(to) is { } last ? $"to={last:yyyy-MM-dd}" : null,
        }.Where(part => part is not null));
        var statement = await api.Statement($"{kind}?{rest}", cancel);
        return statement.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<StatementPage>(new { Statement = statement.Value, Contract = contract, Query = rest });
    }

    private static async Task<IResult> Reconcile(
        Guid id, ContractsApi contracts, MoneyApi api, Visitor visitor, CancellationToken cancel)
    {
        var contract = await contracts.Show(id, cancel);
        if (contract.Problem is { } no) return no.AsPage(visitor);
        var found = await api.Reconcile(id, cancel);
        return found.Problem is { } neither
            ? neither.AsPage(visitor)
            : Page.Of<ReconciliationPage>(new { Contract = contract.Value, Found = found.Value });
    }

    private static async Task<IResult> ShowBudget(MoneyApi api, Visitor visitor, CancellationToken cancel)
    {
        var budget = await api.Budget(cancel);
        return budget.Problem is { } no ? no.AsPage(visitor) : Page.Of<BudgetPage>(new { Budget = budget.Value });
    }

    private static async Task<IResult> ShowDisputes(MoneyApi api, Visitor visitor, CancellationToken cancel)
    {
        var disputes = await api.Disputes(cancel);
        return disputes.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<DisputesPage>(new { Disputes = disputes.Value!.Items });
    }

    private static async Task<IResult> ShowFiles(Filled? form, MoneyApi api, Visitor visitor, CancellationToken cancel)
    {
        var files = await api.Files(cancel);
        return files.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<PaymentFilesPage>(new { Files = files.Value!.Items, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> MakeFile(Filled form, MoneyApi api, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.MakeFile(new { executeOn = form.Text("executeOn") }, form.Key, cancel);
        return answer.Problem is { } no
            ? await ShowFiles(form.With(no), api, visitor, cancel)
            : Page.Done("/betalningsfiler", "file-made");
    }

    private static async Task<IResult> CancelFile(
        Guid id, Filled form, MoneyApi api, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.CancelFile(id, new { reason = form.Text("reason") ?? "" }, form.Tag, cancel);
        return answer.Problem is { } no
            ? await ShowFiles(form.With(no), api, visitor, cancel)
            : Page.Done("/betalningsfiler", "file-cancelled");
    }
}
