using System.Net;
using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.OutcomeFinance.Tests;

[Collection("outcome finance")]
public sealed class PaymentTests(OutcomeFinanceWorld world)
{
    [Fact]
    public async Task Claimed_attested_by_two_and_confirmed_by_the_payee_it_is_settled()
    {
        var (contract, obligation, _) = await world.Triggered();
        (await world.Act(world.FundController, obligation, "claim", new { reference = "2026-17" })).Is(HttpStatusCode.OK);
        var first = (await world.Act(world.Controller, obligation, "attestations")).Is(HttpStatusCode.OK);
        Assert.Equal("claimed", first.Body.GetProperty("state").GetString());
        var second = (await world.Act(world.SecondController, obligation, "attestations")).Is(HttpStatusCode.OK);
        Assert.Equal("attested", second.Body.GetProperty("state").GetString());
        var settled = (await world.Act(world.FundController, obligation, "settlement")).Is(HttpStatusCode.OK);
        Assert.Equal("settled", settled.Body.GetProperty("state").GetString());

        var ledger = (await world.As(world.Officer).Get(OutcomeFinanceWorld.Path(contract, "/ledger"))).Body;
        foreach (var balance in ledger.GetProperty("balances").EnumerateArray()
            .Where(one => one.GetProperty("account").GetString() is not ("programme.cost" or "funder.capital")))
            Assert.Equal("0.00", balance.GetProperty("balance").GetString());
        Assert.Equal([1, 0], (await world.Announced<ObligationAttested>()).Where(one => one.ContractId == contract)
            .Select(one => one.AttestationsMissing));
        Assert.Single(await world.Announced<ObligationSettled>(), one => one.ContractId == contract);
        var totals = (await world.As(world.Officer).Get(OutcomeFinanceWorld.Path(contract))).Body.GetProperty("totals");
        Assert.Equal("5400000.00", totals.GetProperty("settled").GetString());
        Assert.Equal("0.00", totals.GetProperty("triggered").GetString());
    }

    [Fact]
    public async Task Nobody_attests_twice()
    {
        var (_, obligation, _) = await world.Triggered();
        (await world.Act(world.FundController, obligation, "claim")).Is(HttpStatusCode.OK);
        (await world.Act(world.Controller, obligation, "attestations")).Is(HttpStatusCode.OK);
        (await world.Act(world.Controller, obligation, "attestations"))
            .Refuses(HttpStatusCode.Conflict, "obligation.already-attested");
    }

    [Fact]
    public async Task Two_who_attest_what_both_saw_unattested_are_one_and_one_who_looks_again()
    {
        var (_, obligation, _) = await world.Triggered();
        (await world.Act(world.FundController, obligation, "claim")).Is(HttpStatusCode.OK);
        var path = $"/outcome-finance/v1/obligations/{obligation}";
        var tag = (await world.As(world.Controller).Get(path)).Tag;
        var both = await Task.WhenAll(
            world.As(world.Controller).Act($"{path}/attestations", tag),
            world.As(world.SecondController).Act($"{path}/attestations", tag));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.PreconditionFailed], both.Select(answer => answer.Status).Order());
    }

    [Fact]
    public async Task Whoever_reported_cannot_attest()
    {
        var (_, obligation, measurement) = await world.Triggered();
        (await world.Act(world.FundController, obligation, "claim")).Is(HttpStatusCode.OK);
        var reporter = world.Controller with { Person = measurement.ReporterPersonId };
        (await world.Act(reporter, obligation, "attestations")).Refuses(HttpStatusCode.Conflict, "obligation.attester-measured");
    }

    [Fact]
    public async Task Each_side_does_its_own_part()
    {
        var (_, obligation, _) = await world.Triggered();
        (await world.Act(world.Controller, obligation, "claim")).Refuses(HttpStatusCode.Forbidden, "obligation.not-the-payee");
        (await world.Act(world.FundController, obligation, "claim")).Is(HttpStatusCode.OK);
        (await world.Act(world.FundController, obligation, "attestations"))
            .Refuses(HttpStatusCode.Forbidden, "obligation.not-the-payer");
        (await world.Act(world.Officer, obligation, "attestations")).Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        (await world.Act(world.FundController, obligation, "settlement"))
            .Refuses(HttpStatusCode.Conflict, "obligation.not-attested");
    }

    [Fact]
    public async Task A_disputed_obligation_returns_to_where_it_was()
    {
        var (_, obligation, _) = await world.Triggered();
        (await world.Act(world.FundController, obligation, "claim")).Is(HttpStatusCode.OK);
        (await world.Act(world.Controller, obligation, "dispute", new { reason = "Fel period." })).Is(HttpStatusCode.OK);
        (await world.Act(world.SecondController, obligation, "attestations"))
            .Refuses(HttpStatusCode.Conflict, "obligation.not-claimed");
        (await world.Act(world.FundController, obligation, "dispute/resolution", new { outcome = "x" }))
            .Refuses(HttpStatusCode.Forbidden, "obligation.not-the-disputer");
        var resolved = (await world.Act(
            world.SecondController, obligation, "dispute/resolution", new { outcome = "Rätt period." })).Is(HttpStatusCode.OK);
        Assert.Equal("Rätt period.",
            Assert.Single(await world.Announced<ObligationDisputeResolved>(), one => one.ObligationId == obligation).Outcome);
        Assert.Equal("claimed", resolved.Body.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_credit_passes_the_same_hands()
    {
        var (contract, _, _) = await world.Triggered();
        await world.Tell(world.Measured(contract, "3500000", revision: 2));
        var credit = (await world.Obligations(contract))[1].GetProperty("id").GetGuid();
        (await world.Act(world.FundController, credit, "claim", new { reference = "Kreditnota 3" })).Is(HttpStatusCode.OK);
        (await world.Act(world.Controller, credit, "attestations")).Is(HttpStatusCode.OK);
        (await world.Act(world.SecondController, credit, "attestations")).Is(HttpStatusCode.OK);
        (await world.Act(world.FundController, credit, "settlement")).Is(HttpStatusCode.OK);
        var payable = await world.Scalar<decimal>(
            "SELECT sum(CASE WHEN debit LIKE 'receivable%' THEN amount_minor ELSE -amount_minor END) FROM transfer WHERE contract_id = $1 AND (debit LIKE 'receivable%' OR credit LIKE 'receivable%')", contract);
        Assert.Equal(540_000_000m, payable); // the first 5.4 million still wait to be paid; the credit is done
    }

    [Fact]
    public async Task A_stranger_finds_no_obligation()
    {
        var (_, obligation, _) = await world.Triggered();
        (await world.As(world.Stranger).Get($"/outcome-finance/v1/obligations/{obligation}"))
            .Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await world.As(world.Stranger).Act($"/outcome-finance/v1/obligations/{obligation}/attestations", "\"1\""))
            .Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await world.As(world.Stranger).Act($"/outcome-finance/v1/obligations/{Guid.NewGuid()}/attestations", "\"1\""))
            .Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await world.Anonymous.Get($"/outcome-finance/v1/obligations/{obligation}")).Is(HttpStatusCode.Unauthorized);
    }
}
