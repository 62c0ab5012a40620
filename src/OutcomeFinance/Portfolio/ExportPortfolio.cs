using System.Globalization;
using System.Text.Json.Nodes;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Domain.Reporting;
using Iop.OutcomeFinance.Reporting;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Portfolio;

/// <summary>The portfolio for others' systems, in the shape of the INDIGO data standard 4.1: a project for each contract, with
/// metrics, results and who validated them, payment plans, payments planned and actual, and what was paid in; and the
/// fund.</summary>
internal static class ExportPortfolio
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/portfolio/indigo", Handle).WithName(nameof(ExportPortfolio));

    public sealed record View(string Standard, JsonArray Funds, JsonArray Projects);

    internal static async Task<Answer<View>> Handle(
        Caller caller, Portfolios portfolios, OutcomeFinanceDb db, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Controller, Roles.Officer) is { } missing) return missing;
        var read = await portfolios.Read(cancel);
        var (lines, books) = (read.Lines, read.Books);
        var expected = (await Expectations.Payments([.. lines.Select(line => line.Contract)], db, cancel))
            .ToLookup(one => one.Contract);
        var name = await portfolios.Funder(cancel);
        return new View("INDIGO 4.1", [.. IndigoFund.Of(read, caller.Organisation, name)],
            [.. lines.Select(line => Project(line, books, expected[line.Contract.ContractId]))]);
    }

    private static JsonObject Project(PortfolioLine line, Books books, IEnumerable<ExpectedPayment> expected)
    {
        var contract = line.Contract;
        var obligations = books.Obligations.Where(one => one.ContractId == contract.ContractId).ToList();
        return new JsonObject
        {
            ["id"] = contract.ContractId.Value.ToString(),
            ["status"] = "PRIVATE",
            ["name"] = Value(contract.Title),
            ["stage_development"] = Value(Stage(line)),
            ["dates"] = new JsonObject
            {
                ["start_date_of_service_provision"] = Value(Day(contract.Periods.Min(period => period.From))),
                ["anticipated_end_date_of_service_provision"] = Value(Day(contract.LastDay)),
            },
            ["overall_project_finance"] = new JsonObject
            {
                ["total_investment_commitment"] = Commitment(line),
                ["total_outcome_payments_made"] = Money(line.Settled),
            },
            ["investment_details"] = new JsonObject
            {
                ["total_funds_invested"] = new JsonObject { ["latest"] = Money(line.PaidIn) },
            },
            ["outcome_metrics"] = new JsonArray([.. Metrics(contract)]),
            ["outcome_pricings"] = new JsonArray([.. Metrics(contract).Select(metric => (JsonNode)new JsonObject
            {
                ["outcome_metric_id"] = Value(metric["id"]!.GetValue<string>()), ["currency"] = Value(line.Currency.Code),
                ["price_description"] = Value(contract.Terms),
            })]),
            ["results"] = new JsonArray([.. Results(contract, obligations)]),
            ["outcome_payment_plans"] = new JsonArray([.. Plan(contract, expected)]),
            ["outcome_payments"] = new JsonArray([.. Actual(contract, obligations), .. Planned(contract, expected)]),
            ["transactions"] = new JsonArray([.. books.PaidIn.Where(
                    one => one.ContractId == contract.ContractId && one.State is PaidInState.Confirmed)
                .OrderBy(one => one.PaidOn).Select(one => Transaction(one, line.Currency))]),
        };
    }

    private static JsonObject Commitment(PortfolioLine line) => line.Committed is { } committed
        ? new JsonObject
        {
            ["currency"] = Value(line.Currency.Code), ["amount"] = new JsonObject { ["exact"] = Number(committed) },
        }
        : [];

    private static IEnumerable<JsonNode> Metrics(OutcomeContract contract) =>
        TermsReader.Read(contract.Terms).Measures.Select(measure => new JsonObject
        {
            ["id"] = measure.Path, ["title"] = Value(measure.Path.Replace('_', ' ')),
        });

    /// <summary>A result is a period that an independent verifier has confirmed and that was paid by.</summary>
    private static IEnumerable<JsonNode> Results(OutcomeContract contract, IReadOnlyList<Obligation> obligations)
    {
        var verifier = contract.Parties.Single(one => one.Verifies);
        return contract.Periods.Where(period => obligations.Any(one => one.PeriodKey == period.Key))
            .Select(period => new JsonObject
            {
                ["result_level"] = Value("Project level"), ["result_type"] = Value(period.Final ? "Final" : "Interim"),
                ["period"] = Period(period),
                ["outcomes_validator_organisation_ids"] = Value(verifier.OrganisationId.ToString()),
            });
    }

    private static IEnumerable<JsonNode> Actual(OutcomeContract contract, IReadOnlyList<Obligation> obligations) => obligations
        .Where(one => one.State is ObligationState.Settled)
        .Select(one => Payment(contract, one.PeriodKey, one.PayerOrganisationId, one.PayeeOrganisationId, "Actual", one.Amount));

    /// <summary>The one plan: what the newest scenario expects. What has been paid belongs to no plan.</summary>
    private static IEnumerable<JsonNode> Plan(OutcomeContract contract, IEnumerable<ExpectedPayment> expected) =>
        expected.Any() ? [new JsonObject { ["id"] = PlanOf(contract), ["notes"] = "Scenario: expected" }] : [];

    private static string PlanOf(OutcomeContract contract) => $"{contract.ContractId.Value}-expected";

    private static IEnumerable<JsonNode> Planned(OutcomeContract contract, IEnumerable<ExpectedPayment> expected) => expected
        .Select(one =>
        {
            var planned = Payment(
                contract, one.PeriodKey, one.PayerOrganisation, one.PayeeOrganisation, "Planned", one.Amount);
            planned["outcome_payment_plan_id"] = Value(PlanOf(contract));
            return planned;
        });

    private static JsonObject Payment(
        OutcomeContract contract, string period, Guid payer, Guid payee, string type, Money amount) => new()
    {
        ["period"] = Period(contract.Periods.Single(one => one.Key == period)),
        ["payer_organisation_id"] = Value(payer.ToString()), ["recipient_organisation_id"] = Value(payee.ToString()),
        ["type"] = Value(type), ["money"] = Money(amount),
    };

    private static JsonObject Transaction(PaidIn one, Currency currency) => new()
    {
        ["date"] = Value(Day(one.PaidOn)), ["sending_organisation_id"] = Value(one.FunderOrganisationId.ToString()),
        ["receiving_organisation_id"] = Value(one.ReceiverOrganisationId.ToString()), ["transaction_type"] = Value("Other"),
        ["money"] = Money(new Money(one.AmountMinor, currency)),
    };

    private static string Stage(PortfolioLine line) => line.Contract.State switch
    {
        ContractState.Ended => "Complete",
        ContractState.Signed when line.Next.What == "end" => "Service delivery complete",
        ContractState.Signed => "Implementation",
        _ => "Late-stage design",
    };

    private static JsonObject Period(ContractPeriod period) =>
        new() { ["start_date"] = Value(Day(period.From)), ["end_date"] = Value(Day(period.To)) };

    private static JsonObject Money(Money amount) =>
        new() { ["currency"] = Value(amount.Currency.Code), ["amount"] = Number(amount) };

    private static JsonObject Value(string text) => new() { ["value"] = text };

    /// <summary>A number in the standard, exact: the decimal string as it stands.</summary>
    private static JsonObject Number(Money amount) => new() { ["value"] = JsonNode.Parse(amount.ToDecimalString()) };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
