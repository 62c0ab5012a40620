using System.Net;
using System.Text.Json;
using Iop.Contracts.FollowUp;
using Iop.Contracts.OutcomeFinance;
using Iop.TestKit;

namespace Iop.OutcomeFinance.Tests;

[Collection("outcome finance")]
public sealed class CalculationTests(OutcomeFinanceWorld world)
{
    [Fact]
    public async Task The_derivation_says_on_which_files_the_figures_were_verified()
    {
        var contract = await world.Signed();
        var hash = new string('a', 64);
        await world.Tell(world.Measured(contract, "4000000") with { EvidenceHash = hash });
        var derivation = (await world.As(world.Officer).Get(OutcomeFinanceWorld.Path(contract, "/periods/2016-2018/derivation")))
            .Is(HttpStatusCode.OK).Body;
        Assert.Equal(hash, derivation.GetProperty("evidenceHash").GetString());
    }

    [Fact]
    public async Task Norrkoping_invested_seven_and_a_half_million_saved_four_and_owes_five_point_four()
    {
        var contract = await world.Signed();
        await world.Tell(world.Measured(contract, "4000000"));
        var obligation = Assert.Single(await world.Obligations(contract));
        Assert.Equal("5400000.00", obligation.GetProperty("amount").GetString());
        Assert.Equal("triggered", obligation.GetProperty("state").GetString());
        Assert.Equal("Norrköpings kommun", obligation.GetProperty("payer").GetProperty("name").GetString());
        Assert.Equal("Leksell Social Ventures", obligation.GetProperty("payee").GetProperty("name").GetString());
        var told = Assert.Single(await world.Announced<ObligationTriggered>(), one => one.ContractId == contract);
        Assert.Equal(540_000_000, told.AmountMinor);
    }

    [Fact]
    public async Task Told_twice_it_is_owed_once()
    {
        var contract = await world.Signed();
        var measurement = world.Measured(contract, "4000000");
        var id = await world.Tell(measurement);
        await world.Publish(measurement, id);
        await world.Tell(measurement); // announced again, as a new message
        Assert.Equal(["5400000.00"], await world.Amounts(contract));
    }

    [Fact]
    public async Task A_correction_gives_a_credit_and_the_first_amount_stands()
    {
        var contract = await world.Signed();
        await world.Tell(world.Measured(contract, "4000000"));
        await world.Tell(world.Measured(contract, "3500000", revision: 2));
        var obligations = await world.Obligations(contract);
        Assert.Equal(["5400000.00", "-300000.00"], obligations.Select(one => one.GetProperty("amount").GetString()!));
        Assert.Equal([false, true], obligations.Select(one => one.GetProperty("adjustment").GetBoolean()));
    }

    [Fact]
    public async Task The_newest_revision_counts_in_whatever_order_it_is_told()
    {
        var contract = await world.Signed();
        await world.Tell(world.Measured(contract, "3500000", revision: 2));
        await world.Tell(world.Measured(contract, "4000000", revision: 1));
        Assert.Equal(["5100000.00"], await world.Amounts(contract));
    }

    [Fact]
    public async Task A_late_period_is_booked_on_itself_in_the_contracts_order()
    {
        var contract = await world.Signed("2016", "2017");
        await world.Tell(world.Measured(contract, "4000000", period: "2017"));
        await world.Tell(world.Measured(contract, "1000000", period: "2016"));
        // 2016 alone: 3.0 guaranteed and 0.6 of the saving; what 2017 then adds is 1.8. Booked before 2016 was known: 5.4.
        var sums = (await world.Obligations(contract)).GroupBy(one => one.GetProperty("periodKey").GetString())
            .ToDictionary(group => group.Key!,
                group => group.Sum(one => decimal.Parse(
                one.GetProperty("amount").GetString()!, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(3_600_000m, sums["2016"]);
        Assert.Equal(1_800_000m, sums["2017"]);
    }

    [Fact]
    public async Task Many_at_once_twice_and_in_any_order_come_to_what_one_calculation_in_order_comes_to()
    {
        string[] periods = ["2016", "2017", "2018"];
        var contract = await world.Signed(periods);
        var random = new Random(4711);
        var measurements = periods.SelectMany(period => Enumerable.Range(1, 4).Select(revision =>
            world.Measured(contract, (random.Next(0, 12) * 500_000).ToString(System.Globalization.CultureInfo.InvariantCulture),
                revision, period))).ToList();
        var deliveries = measurements.Concat(measurements).OrderBy(_ => random.Next()).ToList();
        var ids = await Task.WhenAll(deliveries.Select(measurement => world.Publish(measurement)));
        await Eventually.Holds("all are handled", async () =>
        {
            foreach (var id in ids)
            {
                if (await world.HandledBy(id) == 0) return false;
            }
            return true;
        });

        var inOrder = periods.Select(period => measurements.Where(one => one.PeriodKey == period).MaxBy(one => one.Revision)!);
        var expected = await world.Evaluated(inOrder, periods);
        var booked = (await world.Obligations(contract)).GroupBy(one => one.GetProperty("periodKey").GetString()!).ToDictionary(
            group => group.Key, group => group.Sum(
                one => decimal.Parse(one.GetProperty("amount").GetString()!, System.Globalization.CultureInfo.InvariantCulture)));
        foreach (var period in periods) Assert.Equal(expected[period], booked.GetValueOrDefault(period));
        Assert.Equal(expected.Values.Sum(), await Balance(contract, "receivable"));
    }

    [Fact]
    public async Task What_another_than_the_contracts_verifier_confirms_pays_nothing()
    {
        var contract = await world.Signed();
        await world.Tell(world.Measured(contract, "4000000") with { VerifierOrganisationId = world.Municipality });
        await world.Tell(world.Measured(contract, "4000000") with { VerifierOrganisationId = Guid.NewGuid() });
        var self = world.Measured(contract, "4000000");
        await world.Tell(self with { ReporterPersonId = self.VerifierPersonId });
        await world.Tell(world.Measured(contract, "4000000", period: "1999"));
        Assert.Empty(await world.Amounts(contract));
        Assert.Equal(4, await world.Scalar<long>("SELECT count(*) FROM refused_measurement WHERE contract_id = $1", contract));
    }

    [Fact]
    public async Task Nothing_is_owed_by_a_contract_that_not_all_have_signed()
    {
        var open = await world.Opened();
        await world.Tell(world.Measured(open.Id, "4000000"));
        Assert.Empty(await world.Amounts(open.Id));
    }

    [Fact]
    public async Task The_derivation_leads_from_verified_figures_to_ore()
    {
        var contract = await world.Signed();
        await world.Tell(world.Measured(contract, "4000000"));
        await world.Tell(world.Measured(contract, "3500000", revision: 2));
        var derivation = (await world.As(world.Controller)
            .Get(OutcomeFinanceWorld.Path(contract, "/periods/2016-2018/derivation"))).Is(HttpStatusCode.OK).Body;
        Assert.Equal("RISE", derivation.GetProperty("verifierName").GetString());
        Assert.Contains(derivation.GetProperty("figures").EnumerateArray(), one =>
            one.GetProperty("path").GetString() == "besparing" && one.GetProperty("value").GetString() == "3500000");
        Assert.Equal(["3000000.00", "2100000.00", "0.00"],
            derivation.GetProperty("lines").EnumerateArray().Select(one => one.GetProperty("amount").GetString()!));
        Assert.Equal("5100000.00", derivation.GetProperty("due").GetString());
        Assert.Equal("5400000.00", derivation.GetProperty("booked").GetString());
        Assert.Equal("-300000.00", derivation.GetProperty("payment").GetString());
        Assert.Equal(["5400000.00", "-300000.00"],
            derivation.GetProperty("parts").EnumerateArray().Select(one => one.GetProperty("amount").GetString()!));
        Assert.NotEmpty(derivation.GetProperty("steps").EnumerateArray());
        Assert.DoesNotContain(derivation.GetProperty("steps").EnumerateArray(),
            step => step.GetProperty("text").GetString() == step.GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_ledger_knows_the_investment_and_is_balanced()
    {
        var (contract, _, _) = await world.Triggered();
        var ledger = (await world.As(world.FundController).Get(OutcomeFinanceWorld.Path(contract, "/ledger")))
            .Is(HttpStatusCode.OK).Body;
        var balances = ledger.GetProperty("balances").EnumerateArray().ToDictionary(
            one => one.GetProperty("account").GetString()!,
            one => decimal.Parse(one.GetProperty("balance").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(7_500_000m, balances["programme.cost"]);
        Assert.Equal(-7_500_000m, balances["funder.capital"]);
        Assert.Equal(0m, balances.Values.Sum());
    }

    private async Task<decimal> Balance(Guid contract, string account) =>
        (await world.As(world.Officer).Get(OutcomeFinanceWorld.Path(contract, "/ledger"))).Body.GetProperty("balances")
            .EnumerateArray()
        .Where(one => one.GetProperty("account").GetString()!.StartsWith(account, StringComparison.Ordinal))
        .Sum(one => decimal.Parse(one.GetProperty("balance").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
}
