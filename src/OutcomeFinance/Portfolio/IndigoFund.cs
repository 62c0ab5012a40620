using System.Globalization;
using System.Text.Json.Nodes;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Reporting;

namespace Iop.OutcomeFinance.Portfolio;

/// <summary>A fund in the shape of the INDIGO data standard 4.1: its dates, its size, and how many stand behind it. Investors are
/// counted there, not named.</summary>
internal static class IndigoFund
{
    public static IEnumerable<JsonNode> Of(ReadPortfolio read, Guid organisation, string name)
    {
        if (read.Fund is not { } fund) yield break;
        var contracts = read.Lines.Select(line => line.Contract).ToList();
        var scale = new JsonObject
        {
            ["number_of_outcome_contracts"] = Actual(contracts.Count(one => one.State is not ContractState.Draft)),
            ["number_of_independent_investor_organisations"] = Actual(fund.Investors.Count),
        };
        if (fund.CapitalMinor is { } capital) scale["total_value_of_repayable_investment_linked_to_outcome_fund"] =
            new JsonObject
            {
                ["currency"] = Value(fund.Currency),
                ["aspiration"] = new JsonObject { ["amount"] = Number(capital, fund.Currency) },
            };
        yield return new JsonObject
        {
            ["id"] = organisation.ToString(),
            ["status"] = "PRIVATE",
            ["name"] = Value(name),
            ["stage_development"] = Value("Active"),
            ["dates"] = new JsonObject { ["anticipated_end_date"] = Value(Day(fund.EndsOn)) },
            ["dimensions_of_scale"] = scale,
            ["organisations"] = new JsonArray(
                new JsonObject { ["organisation_id"] = Value(organisation.ToString()) }),
        };
    }

    private static JsonObject Value(string text) => new() { ["value"] = text };

    private static JsonObject Actual(int count) => new() { ["actual"] = new JsonObject { ["value"] = count } };

    private static JsonObject Number(long minor, string code) => new()
    {
        ["value"] = JsonNode.Parse(
            new Money(minor, Currency.TryParse(code, out var currency) ? currency : Currency.Sek).ToDecimalString()),
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
