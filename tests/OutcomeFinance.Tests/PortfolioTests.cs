using System.Net;
using System.Text.Json;
using Iop.Contracts.OutcomeFinance;
using Iop.TestKit;

namespace Iop.OutcomeFinance.Tests;

/// <summary>In a world of their own: the fund's list of what comes next has an end.</summary>
public sealed class PortfolioTests(OutcomeFinanceWorld world) : IClassFixture<OutcomeFinanceWorld>
{
    private const string Portfolio = "/outcome-finance/v1/portfolio";

    [Fact]
    public async Task A_funder_sees_where_its_money_stands_and_what_comes_next()
    {
        var contract = await Paid();
        var view = (await world.As(world.FundController).Get(Portfolio)).Is(HttpStatusCode.OK).Body;
        var line = view.GetProperty("contracts").EnumerateArray().Single(one => Id(one) == contract);
        var money = line.GetProperty("money");
        Assert.Equal(
            ("7500000.00", "7500000.00", "5400000.00", "0.00", "-2100000.00", "end"),
            (Text(money, "paidIn"), Text(money, "verifiedInvestment"), Text(money, "settled"), Text(money, "triggered"),
                Text(money, "returnToDate"), Text(line, "next")));
        Assert.Equal(JsonValueKind.Null, money.GetProperty("committed").ValueKind);
    }

    [Fact]
    public async Task What_is_committed_and_expected_comes_from_the_schedule_and_the_expected_scenario()
    {
        var draft = await world.Drafted();
        var funder = draft.Body.GetProperty("parties").EnumerateArray()
            .First(party => party.GetProperty("role").GetString() == "funder").GetProperty("id").GetGuid();
        var planned = (await world.As(world.Officer).Put(OutcomeFinanceWorld.Path(draft.Id, "/investments"), draft.Tag,
            new { investments = new[] { new { partyId = funder, on = "2016-01-01", amount = "7500000" } } }))
            .Is(HttpStatusCode.OK);
        foreach (var saved in new[] { "1000000", "4000000" }) // the newest counts
            (await world.As(world.Officer).Create(OutcomeFinanceWorld.Path(draft.Id, "/scenarios"), Expected(saved)))
                .Is(HttpStatusCode.Created);
        await world.Opened(draft.Id, planned.Tag);
        var money = (await world.As(world.FundController).Get(Portfolio)).Is(HttpStatusCode.OK).Body.GetProperty("contracts")
            .EnumerateArray().Single(one => Id(one) == draft.Id).GetProperty("money");
        Assert.Equal(("7500000.00", "5400000.00"), (Text(money, "committed"), Text(money, "expected")));
        var year = (await world.As(world.Controller).Get("/outcome-finance/v1/budget-years")).Is(HttpStatusCode.OK).Body
            .GetProperty("contracts").EnumerateArray().Single(one => Id(one) == draft.Id).GetProperty("years")[0];
        Assert.Equal("5400000.00", Text(year, "planned"));

        var project = (await world.As(world.FundController).Get($"{Portfolio}/indigo")).Body.GetProperty("projects")
            .EnumerateArray().Single(one => one.GetProperty("id").GetGuid() == draft.Id);
        Assert.Empty(IndigoShape.Faults(project));
        Assert.Equal(
            project.GetProperty("outcome_payment_plans").EnumerateArray().Single().GetProperty("id").GetString(),
            project.GetProperty("outcome_payments").EnumerateArray().Single().GetProperty("outcome_payment_plan_id")
                .GetProperty("value").GetString());
    }

    private static object Expected(string saved) => new
    {
        kind = "expected",
        figures = new[]
        {
            new
            {
                period = "2016-2018",
                values = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["investerat"] = "7500000", ["besparing"] = saved, ["skolresultat_förbättrade"] = false,
                },
            },
        },
    };

    [Fact]
    public async Task The_total_is_the_sum_of_the_contracts()
    {
        await Paid();
        await world.Triggered();
        var view = (await world.As(world.FundController).Get(Portfolio)).Is(HttpStatusCode.OK).Body;
        var total = view.GetProperty("totals").EnumerateArray().Single();
        foreach (var word in new[] { "paidIn", "triggered", "claimed", "attested", "settled", "disputed", "writtenOff",
            "returnToDate" })
        {
            var sum = view.GetProperty("contracts").EnumerateArray().Sum(one => Amount(one.GetProperty("money"), word));
            Assert.Equal(sum, Amount(total, word));
        }
    }

    [Fact]
    public async Task Nobody_else_sees_it()
    {
        await Paid();
        foreach (var other in new[] { world.Controller, world.Stranger })
            Assert.Empty((await world.As(other).Get(Portfolio)).Is(HttpStatusCode.OK).Body.GetProperty("contracts")
                .EnumerateArray());
        (await world.As(world.Verifier).Get(Portfolio)).Refuses(HttpStatusCode.Forbidden, "request.role-missing");
    }

    [Fact]
    public async Task The_export_has_the_shape_of_the_standard()
    {
        var contract = await Paid();
        var export = (await world.As(world.FundController).Get($"{Portfolio}/indigo")).Is(HttpStatusCode.OK).Body;
        var project = export.GetProperty("projects").EnumerateArray().Single(one => one.GetProperty("id").GetGuid() == contract);
        Assert.Empty(IndigoShape.Faults(project));
        var payment = project.GetProperty("outcome_payments").EnumerateArray().Single();
        Assert.Equal("Actual", payment.GetProperty("type").GetProperty("value").GetString());
        Assert.Equal("5400000.00", payment.GetProperty("money").GetProperty("amount").GetProperty("value").GetRawText());
        Assert.Equal(world.Institute.ToString(), project.GetProperty("results").EnumerateArray().Single()
            .GetProperty("outcomes_validator_organisation_ids").GetProperty("value").GetString());
        Assert.Equal(3, project.GetProperty("outcome_metrics").GetArrayLength());
    }

    [Theory]
    [InlineData("""{ "surprise": { "value": "x" } }""")]
    [InlineData("""{ "name": "Team Nystart" }""")]
    [InlineData("""{ "stage_development": { "value": "Somewhere" } }""")]
    [InlineData("""{ "outcome_payments": [ { "type": { "value": "Actual" }, "money": { "amount": { "value": "12" } } } ] }""")]
    [InlineData("""{ "transactions": [ { "date": { "value": "3 mars" } } ] }""")]
    public void The_check_of_the_shape_finds(string project) =>
        Assert.NotEmpty(IndigoShape.Faults(JsonDocument.Parse(project).RootElement));

    [Fact]
    public async Task The_table_has_a_row_for_each_contract_and_the_total()
    {
        await Paid();
        var view = (await world.As(world.FundController).Get(Portfolio)).Body;
        var rows = (await world.As(world.FundController).Get($"{Portfolio}/csv")).Is(HttpStatusCode.OK).Text
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(view.GetProperty("contracts").GetArrayLength() + 2, rows.Length);
        Assert.All(rows, row => Assert.Equal(rows[0].Split(';').Length, row.Split(';').Length));
    }

    [Fact]
    public async Task A_fund_has_investors_and_an_end_and_the_portfolio_warns_of_what_outlives_it()
    {
        const string Fund = $"{Portfolio}/fund";
        var contract = await world.Signed("2016", "2017");
        object Says(string endsOn, string? capital = "350000000") => new
        {
            endsOn, capital, investors = new object[] { new { name = "EU", amount = "100000000" }, new { name = "Staten" } },
        };
        var before = (await world.As(world.FundController).Get(Fund)).Is(HttpStatusCode.OK);
        var kept = (await world.As(world.FundController).Put(Fund, before.Tag, Says("2017-06-30"))).Is(HttpStatusCode.OK);
        (await world.As(world.FundController).Put(Fund, before.Tag, Says("2018-01-01")))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        var wrong = await world.As(world.FundController).Put(Fund, kept.Tag, Says("2018-01-01", "mycket"));
        Assert.Contains("fund.amount-wrong", wrong.Refuses(HttpStatusCode.BadRequest, "request.invalid").Text);
        Assert.Contains("fund.currency-unknown", (await world.As(world.FundController).Put(Fund, kept.Tag,
            new { endsOn = "2018-01-01", currency = "kronor", investors = Array.Empty<object>() })).Text);
        (await world.As(world.Verifier).Get(Fund)).Refuses(HttpStatusCode.Forbidden, "request.role-missing");

        var view = (await world.As(world.FundController).Get(Portfolio)).Is(HttpStatusCode.OK).Body;
        Assert.True(view.GetProperty("contracts").EnumerateArray().Single(one => Id(one) == contract)
            .GetProperty("beyondFund").GetBoolean());
        var fund = view.GetProperty("fund");
        Assert.Equal(("350000000.00", "2017-06-30"), (Text(fund, "capital"), Text(fund, "endsOn")));
        Assert.Equal([("EU", "100000000.00"), ("Staten", null)],
            fund.GetProperty("investors").EnumerateArray().Select(one => (Text(one, "name")!, Text(one, "amount"))));
        var later = (await world.As(world.FundController).Put(Fund, kept.Tag, Says("2017-12-31"))).Is(HttpStatusCode.OK);
        view = (await world.As(world.FundController).Get(Portfolio)).Body;
        Assert.False(view.GetProperty("contracts").EnumerateArray().Single(one => Id(one) == contract)
            .GetProperty("beyondFund").GetBoolean());
        var exported = (await world.As(world.FundController).Get($"{Portfolio}/indigo")).Body.GetProperty("funds")[0];
        Assert.Equal("2017-12-31", exported.GetProperty("dates").GetProperty("anticipated_end_date").GetProperty("value")
            .GetString());
        Assert.DoesNotContain("Staten", exported.GetRawText()); // counted, not named
        Assert.Equal(JsonValueKind.Null, (await world.As(world.Controller).Get(Portfolio)).Body.GetProperty("fund").ValueKind);
        Assert.NotEqual(kept.Tag, later.Tag);
    }

    [Fact]
    public async Task What_comes_next_says_what_waits_now_and_then_day_by_day()
    {
        var contract = await world.Signed("2016", "2017", "2018");
        await world.Tell(world.Measured(contract, "4000000", period: "2016"));
        var coming = await Coming(contract);
        Assert.Equal([("claim", "2016"), ("measurement", "2017"), ("measurement", "2018")],
            coming.Select(one => (Text(one, "what")!, Text(one, "periodKey")!)));
        Assert.Equal(("5400000.00", JsonValueKind.Null), (Text(coming[0], "amount"), coming[0].GetProperty("on").ValueKind));
        var obligation = (await world.Obligations(contract))[0].GetProperty("id").GetGuid();
        (await world.Act(world.FundController, obligation, "claim")).Is(HttpStatusCode.OK);
        var claimed = (await Coming(contract)).Single(one => Text(one, "what") == "attestation");
        Assert.Equal("2026-04-01", Text(claimed, "on")); // the invoice falls due thirty days after 2 March
    }

    private async Task<IReadOnlyList<JsonElement>> Coming(Guid contract) =>
    [
        .. (await world.As(world.FundController).Get(Portfolio)).Is(HttpStatusCode.OK).Body.GetProperty("coming")
            .EnumerateArray().Where(one => Id(one) == contract),
    ];

    private async Task<Guid> Paid()
    {
        var (contract, obligation, _) = await world.Triggered();
        var recorded = (await world.As(world.FundController).Create(OutcomeFinanceWorld.Path(contract, "/paid-in"),
            new { receiverOrganisationId = world.Municipality, amount = "7500000", paidOn = "2026-03-01", reference = "1" }))
            .Is(HttpStatusCode.Created);
        (await world.As(world.Controller)
            .Act($"/outcome-finance/v1/paid-in/{recorded.Id}/answer", recorded.Tag, new { came = true })).Is(HttpStatusCode.OK);
        Assert.Single(await world.Announced<PaidInRecorded>(), one => one.PaidInId == recorded.Id);
        Assert.Single(await world.Announced<PaidInAnswered>(), one => one.PaidInId == recorded.Id && one.Came);
        (await world.Act(world.FundController, obligation, "claim")).Is(HttpStatusCode.OK);
        (await world.Act(world.Controller, obligation, "attestations")).Is(HttpStatusCode.OK);
        (await world.Act(world.SecondController, obligation, "attestations")).Is(HttpStatusCode.OK);
        (await world.Act(world.FundController, obligation, "settlement")).Is(HttpStatusCode.OK);
        return contract;
    }

    private static Guid Id(JsonElement one) => one.GetProperty("contractId").GetGuid();

    private static string? Text(JsonElement one, string name) => one.GetProperty(name).GetString();

    private static decimal Amount(JsonElement one, string name) =>
        decimal.Parse(Text(one, name)!, System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The parts of the INDIGO 4.1 project that we write: every name is one of the standard's, every value has its type or
/// stands in its code list.</summary>
internal static class IndigoShape
{
    private const string Text = "text", Number = "number", Day = "day";

    private static readonly Dictionary<string, object> Project = new(StringComparer.Ordinal)
    {
        ["name"] = Text,
        ["stage_development"] = Codes("Early-stage design", "Late-stage design", "Contracted", "Implementation",
            "Service delivery complete", "Complete"),
        ["dates"] = Group(("start_date_of_service_provision", Day), ("anticipated_end_date_of_service_provision", Day)),
        ["overall_project_finance"] = Group(
            ("total_investment_commitment", Group(("currency", Text), ("amount", Group(("exact", Number))))),
            ("total_outcome_payments_made", Money)),
        ["investment_details"] = Group(("total_funds_invested", Group(("latest", Money)))),
        ["outcome_metrics"] = Group(("title", Text)),
        ["outcome_pricings"] = Group(("outcome_metric_id", Text), ("currency", Text), ("price_description", Text)),
        ["results"] = Group(("result_level", Codes("Project level", "Outcome level")), ("result_type", Codes("Interim", "Final")),
            ("period", Period), ("outcomes_validator_organisation_ids", Text)),
        ["outcome_payment_plans"] = Group(),
        ["outcome_payments"] = Group(("outcome_payment_plan_id", Text), ("period", Period), ("payer_organisation_id", Text),
            ("recipient_organisation_id", Text),
            ("type", Codes("Planned", "Actual")), ("money", Money)),
        ["transactions"] = Group(("date", Day), ("sending_organisation_id", Text), ("receiving_organisation_id", Text),
            ("transaction_type", Codes("Debt", "Grant", "Equity", "Capital Repayment", "Outcome Payment", "Other")),
            ("money", Money)),
    };

    private static Dictionary<string, object> Money => Group(("currency", Text), ("amount", Number));

    private static Dictionary<string, object> Period => Group(("start_date", Day), ("end_date", Day));

    public static IReadOnlyList<string> Faults(JsonElement project) => [.. Look(project, Project, "")];

    private static IEnumerable<string> Look(JsonElement at, object shape, string path) => (at.ValueKind, shape) switch
    {
        (JsonValueKind.Array, Dictionary<string, object>) => at.EnumerateArray().SelectMany(one => Look(one, shape, path)),
        (JsonValueKind.Object, Dictionary<string, object> group) => at.EnumerateObject().SelectMany(part =>
            part.Name is "id" or "status" or "notes" && part.Value.ValueKind is JsonValueKind.String ? []
            : group.TryGetValue(part.Name, out var within) ? Look(part.Value, within, $"{path}/{part.Name}")
            : [$"{path}/{part.Name} is not in the standard"]),
        (JsonValueKind.Object, _) => at.EnumerateObject().Count() == 1 && at.TryGetProperty("value", out var value)
            && Fits(value, shape) ? [] : [$"{path} does not fit"],
        _ => [$"{path} is no object"],
    };

    private static bool Fits(JsonElement value, object shape) => shape switch
    {
        string[] codes => value.ValueKind is JsonValueKind.String && codes.Contains(value.GetString()),
        Number => value.ValueKind is JsonValueKind.Number,
        Day => value.ValueKind is JsonValueKind.String && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", out _),
        _ => value.ValueKind is JsonValueKind.String,
    };

    private static string[] Codes(params string[] codes) => codes;

    private static Dictionary<string, object> Group(params (string Name, object Shape)[] parts) =>
        parts.ToDictionary(part => part.Name, part => part.Shape, StringComparer.Ordinal);
}
