using System.Net;
using System.Text.Json;
using Iop.Contracts.FollowUp;
using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.OutcomeFinance.Tests;

/// <summary>A contract of two years, amended from the second one before it has been measured.</summary>
[Collection("outcome finance")]
public sealed class AmendmentTests(OutcomeFinanceWorld world)
{
    private static string Path(Guid contract, string rest = "") => AmendmentSteps.Path(contract, rest);

    [Fact]
    public async Task From_its_date_the_amended_terms_pay_and_what_was_before_is_untouched()
    {
        var contract = await world.Signed("2016", "2017");
        await world.Tell(world.Measured(contract, "4000000", period: "2016"));
        var before = await PeriodOf(contract, "2016");
        await Amended(contract);
        await world.Tell(Second(contract));
        Assert.Equal(before, await PeriodOf(contract, "2016"));
        var derivation = (await world.As(world.Controller).Get(OutcomeFinanceWorld.Path(contract, "/periods/2017/derivation")))
            .Is(HttpStatusCode.OK).Body;
        Assert.Contains("per_person", derivation.GetProperty("terms").GetString()!, StringComparison.Ordinal);
        // 50 % of the 5 000 000 saved, and 1 000 for each of twenty: nothing of it is less what was paid before.
        Assert.Equal("2520000.00", derivation.GetProperty("due").GetString());
        var first = (await world.As(world.Controller).Get(OutcomeFinanceWorld.Path(contract, "/periods/2016/derivation"))).Body;
        Assert.Contains("garanti", first.GetProperty("terms").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_correction_of_a_period_before_the_date_follows_the_terms_of_that_time()
    {
        var contract = await world.Signed("2016", "2017");
        var first = world.Measured(contract, "4000000", period: "2016");
        await world.Tell(first);
        await Amended(contract);
        await world.Tell(Second(contract));
        await world.Tell(world.Measured(contract, "3500000", revision: 2, period: "2016"));
        Assert.Equal("5100000.00", (await PeriodOf(contract, "2016")).Due);
        Assert.Equal("2520000.00", (await PeriodOf(contract, "2017")).Due);
    }

    [Fact]
    public async Task What_is_to_come_is_expected_and_drawn_by_the_amended_terms()
    {
        var contract = await world.Signed("2016", "2017");
        await world.Tell(world.Measured(contract, "4000000", period: "2016"));
        await Amended(contract);
        string Of(string rest) => OutcomeFinanceWorld.Path(contract, rest);
        var measures = (await world.As(world.Officer).Get(Of("/simulations"))).Is(HttpStatusCode.OK).Body.GetProperty("measures")
            .EnumerateArray().Select(one => one.GetProperty("path").GetString());
        Assert.Contains("deltagare", measures);
        Dictionary<string, object> Values(string saved) => new(StringComparer.Ordinal)
        {
            ["investerat"] = "7500000", ["besparing"] = saved, ["deltagare"] = "20",
        };
        var scenario = (await world.As(world.Officer).Create(Of("/scenarios"), new
        {
            kind = "expected",
            figures = new[]
            {
                new { period = "2017", values = Values("5000000") }, new { period = "2018", values = Values("5000000") },
            },
        })).Is(HttpStatusCode.Created).Body;
        // Half of five million and 1 000 for each of forty; what fell due before the amendment stands beside it.
        Assert.Equal("2540000.00", scenario.GetProperty("total").GetString());
        Assert.Equal(["2017", "2018"], scenario.GetProperty("periods").EnumerateArray()
            .Select(one => one.GetProperty("key").GetString()));
        var curves = (await world.As(world.Officer).Get(Of("/levels"))).Is(HttpStatusCode.OK).Body.GetProperty("curves");
        Assert.Contains(curves.EnumerateArray(), one => one.GetProperty("measure").GetString() == "deltagare");
    }

    [Fact]
    public async Task What_replaces_is_carried_from_before_the_amendment_into_simulations_scenarios_and_proposals()
    {
        var contract = await world.Signed("2016", "2017");
        await world.Tell(world.Measured(contract, "4000000", period: "2016"));
        await Amended(contract);
        string Of(string rest) => OutcomeFinanceWorld.Path(contract, rest);
        var measures = (await world.As(world.Officer).Get(Of("/simulations"))).Is(HttpStatusCode.OK).Body.GetProperty("measures");
        Assert.Equal(["besparing: 4000000", "deltagare: ", "investerat: 7500000"], measures.EnumerateArray().Select(one =>
                $"{one.GetProperty("path").GetString()}: {string.Join(' ', one.GetProperty("history").EnumerateArray())}")
            .Order(StringComparer.Ordinal));
        // Nobody assumes what has been saved and put in: it is as it was. What adds up has to be assumed.
        (await world.As(world.Officer).Create(Of("/simulations"), new
        {
            assumptions = new[] { new { measure = "besparing", shape = "fixed", value = "4000000" } },
        })).Refuses(HttpStatusCode.BadRequest, "simulation.measure-unassumed");
        var started = (await world.As(world.Officer).Create(Of("/simulations"), new
        {
            seed = "1", runs = 100, assumptions = new[] { new { measure = "deltagare", shape = "fixed", value = "20" } },
        })).Is(HttpStatusCode.Created);
        JsonElement done = default;
        await Eventually.Holds("the simulation is done", async () =>
        {
            done = (await world.As(world.Officer).Get(Of($"/simulations/{started.Id}"))).Is(HttpStatusCode.OK).Body;
            return done.GetProperty("state").GetString() == "done";
        });
        // Half of the four million, and 1 000 for each of twenty in both years.
        Assert.Equal("2040000.00", done.GetProperty("result").GetProperty("total").GetProperty("p50").GetString());
        var scenario = (await world.As(world.Officer).Create(Of("/scenarios"), new
        {
            kind = "expected", simulationId = started.Id,
        })).Is(HttpStatusCode.Created).Body;
        Assert.Equal("2040000.00", scenario.GetProperty("total").GetString());
    }

    [Fact]
    public async Task The_public_page_shows_the_periods_as_they_are_amended()
    {
        var contract = await world.Signed("2016", "2017");
        await Amended(contract);
        var holding = (await world.As(world.Officer).Get(OutcomeFinanceWorld.Path(contract))).Body.GetProperty("periods")
            .EnumerateArray().Select(one => one.GetProperty("key").GetString()).ToList();
        await world.Tell(Assert.Single(await world.Announced<OutcomeContractSigned>(), one => one.ContractId == contract));
        await world.Tell(Assert.Single(await world.Announced<OutcomeContractAmended>(), one => one.ContractId == contract));
        var seen = (await world.Anonymous.Get($"/outcome-finance/v1/published-contracts/{contract}")).Is(HttpStatusCode.OK).Body;
        Assert.Equal(holding, seen.GetProperty("periods").EnumerateArray().Select(one => one.GetProperty("key").GetString()));
        Assert.Contains("2018", holding); // which the amendment has added
    }

    [Fact]
    public async Task All_sign_anew_on_a_hash_chained_to_the_former()
    {
        var contract = await world.Signed("2016", "2017");
        var former = (await world.As(world.Officer).Get(OutcomeFinanceWorld.Path(contract))).Body.GetProperty("versionHash")
            .GetString();
        var open = await Opened(contract);
        var hash = open.Body.GetProperty("versionHash").GetString()!;
        var version = (await world.As(world.Officer).Get(OutcomeFinanceWorld.Path(contract, $"/versions/{hash}")))
            .Is(HttpStatusCode.OK).Body;
        Assert.Equal(former, version.GetProperty("previousHash").GetString());
        Assert.Equal(former, version.GetProperty("content").GetProperty("previous").GetString());
        Assert.Equal(2, version.GetProperty("number").GetInt32());
        (await Sign(contract, world.Fund, former)).Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        foreach (var party in new[] { world.Municipality, world.Fund }) (await Sign(contract, party, hash)).Is(HttpStatusCode.OK);
        (await Sign(contract, world.Fund, hash)).Refuses(HttpStatusCode.Conflict, "contract.already-signed");
        Assert.Equal("42501", await world.AsApplication(world.Officer,
            "UPDATE contract_amendment SET state = 'Signed' WHERE contract_id = $1", contract));
        var signed = (await Sign(contract, world.Institute, hash)).Is(HttpStatusCode.OK);
        Assert.Equal("signed", signed.Body.GetProperty("state").GetString());
        Assert.Equal(3, signed.Body.GetProperty("signers").EnumerateArray()
            .Count(one => one.GetProperty("at").ValueKind is not JsonValueKind.Null));
        var told = Assert.Single(await world.Announced<OutcomeContractAmended>(), one => one.ContractId == contract);
        Assert.Equal(["2017", "2018"], told.Periods.Select(period => period.Key));
        var view = (await world.As(world.Officer).Get(OutcomeFinanceWorld.Path(contract))).Body;
        Assert.Equal(["2016", "2017", "2018"],
            view.GetProperty("periods").EnumerateArray().Select(one => one.GetProperty("key").GetString()));
        Assert.Contains("garanti", view.GetProperty("terms").GetString()!, StringComparison.Ordinal);
        (await Sign(contract, world.Fund, hash)).Refuses(HttpStatusCode.Conflict, "amendment.not-open");
    }

    [Fact]
    public async Task It_is_assessed_and_approved_anew()
    {
        var contract = await world.Signed("2016", "2017");
        var draft = await Drafted(contract);
        (await world.As(world.Officer).Act(Path(contract, "/2/opening"), draft.Tag))
            .Refuses(HttpStatusCode.Conflict, "contract.legal-approval-missing");
        (await world.As(world.Lawyer).Act(OutcomeFinanceWorld.Path(contract, "/legal-approvals"),
            $"\"{draft.Body.GetProperty("hash").GetString()}\"", new { reason = "Som förut." }))
            .Refuses(HttpStatusCode.Conflict, "contract.assessment-open");
        await Approve(contract, draft);
        var rewritten = (await world.As(world.Officer).Put(Path(contract, "/2"), draft.Tag, Request("Annat skäl")))
            .Is(HttpStatusCode.OK);
        (await world.As(world.Officer).Act(Path(contract, "/2/opening"), rewritten.Tag))
            .Refuses(HttpStatusCode.Conflict, "contract.legal-approval-missing");
    }

    [Fact]
    public async Task What_cannot_follow_what_was_signed_is_refused()
    {
        var contract = await world.Signed("2016", "2017");
        await world.Tell(world.Measured(contract, "4000000", period: "2016"));
        async Task Refused(object request, string code) =>
            (await world.As(world.Officer).Create(Path(contract), request)).Refuses(HttpStatusCode.Conflict, code);
        await Refused(Request(from: 2016), "amendment.from-the-start");
        await Refused(Request(firstDay: "2016-07-01"), "amendment.cuts-a-period");
        await Refused(Request(second: "2016-05-01"), "amendment.period-before");
        await Refused(Request(verifier: world.Fund), "contract.verifier-is-a-party");
        await Refused(Request(verifier: world.SecondInstitute), "amendment.verifier-stays");
        await Refused(
            Request(terms: AmendmentSteps.Cheaper.Replace("SEK", "EUR", StringComparison.Ordinal)), "amendment.currency-changes");
        await Refused(Request(terms: AmendmentSteps.Cheaper.Replace(
            "besparing: SEK, senaste värdet gäller, kan vara negativt", "besparing: SEK, läggs ihop",
            StringComparison.Ordinal)), "amendment.measure-changes");
        var draft = await Drafted(contract);
        await Refused(Request(), "amendment.under-way");
        await world.Tell(Second(contract, "2017", figures: false));
        (await world.As(world.Officer).Put(Path(contract, "/2"), draft.Tag, Request()))
            .Refuses(HttpStatusCode.Conflict, "amendment.period-measured");
    }

    [Fact]
    public async Task It_can_be_given_up_until_all_have_signed()
    {
        var contract = await world.Signed("2016", "2017");
        var open = await Opened(contract);
        (await world.As(world.Officer).Put(Path(contract, "/2"), open.Tag, Request()))
            .Refuses(HttpStatusCode.Conflict, "amendment.not-a-draft");
        var gone = (await world.As(world.Officer).Act(Path(contract, "/2/abandonment"), open.Tag, new { reason = "Inte enade." }))
            .Is(HttpStatusCode.OK);
        Assert.Single(await world.Announced<Iop.Contracts.OutcomeFinance.OutcomeContractAmendmentAbandoned>(),
            one => one.ContractId == contract && one.Reason == "Inte enade.");
        (await world.As(world.Officer).Act(Path(contract, "/2/abandonment"), gone.Tag, new { reason = "Igen." }))
            .Refuses(HttpStatusCode.Conflict, "amendment.not-under-way");
        Assert.Equal(3, (await Drafted(contract)).Body.GetProperty("number").GetInt32());
        await world.Tell(Second(contract, "2017", figures: false));
        Assert.NotNull((await PeriodOf(contract, "2017")).Due);
    }

    [Fact]
    public async Task The_application_cannot_touch_a_period_that_no_amendment_brings()
    {
        var contract = await world.Signed("2016", "2017");
        await Amended(contract);
        Assert.Equal("no rows", await world.AsApplication(world.Officer,
            "UPDATE contract_period SET to_on = '2016-06-30' WHERE contract_id = $1 AND key = '2016'", contract));
        Assert.Equal("42501", await world.AsApplication(world.Officer, """
            INSERT INTO contract_period (contract_id, position, key, from_on, to_on, is_final)
            VALUES ($1, 99, 'x', '2015-01-01', '2015-12-31', false)
            """, contract));
    }

    [Fact]
    public async Task A_stranger_finds_no_amendment()
    {
        var contract = await world.Signed("2016", "2017");
        var draft = await Drafted(contract);
        var stranger = world.As(world.Stranger);
        (await stranger.Get(Path(contract, "/2"))).Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await stranger.Create(Path(contract), Request())).Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await stranger.Put(Path(contract, "/2"), draft.Tag, Request())).Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await stranger.Act(Path(contract, "/2/opening"), draft.Tag)).Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await stranger.Act(Path(contract, "/2/abandonment"), draft.Tag, new { reason = "x" }))
            .Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await Sign(contract, world.Stranger.Organisation, "x")).Refuses(HttpStatusCode.NotFound, "request.not-found");
    }

    private object Request(
        string reason = AmendmentSteps.Reason, int from = 2017, string? firstDay = null, string? second = null,
        string? terms = null, Guid? verifier = null) =>
        world.AmendmentRequest(reason, from, firstDay, second, terms, verifier);

    private Task<Reply> Drafted(Guid contract) => world.DraftedAmendment(contract);

    private Task Approve(Guid contract, Reply draft) => world.ApprovedAmendment(contract, draft);

    private Task<Reply> Opened(Guid contract) => world.OpenedAmendment(contract);

    private async Task Amended(Guid contract)
    {
        var hash = (await Opened(contract)).Body.GetProperty("versionHash").GetString();
        foreach (var party in new[] { world.Municipality, world.Fund, world.Institute })
            (await Sign(contract, party, hash)).Is(HttpStatusCode.OK);
    }

    private Task<Reply> Sign(Guid contract, Guid organisation, string? hash) =>
        world.SignAmendment(contract, organisation, hash);

    private MeasurementVerified Second(Guid contract, string period = "2017", bool figures = true) =>
        world.Measured(contract, "5000000", period: period) is var measured && figures
            ? measured with
            {
                Figures =
                [
                    .. measured.Figures.Where(figure => figure.Type == "number"),
                    new() { Path = "deltagare", Type = "number", Value = "20" },
                ],
            }
            : measured;

    private async Task<(string? Due, bool? Complete, string Obligations)> PeriodOf(Guid contract, string key)
    {
        var view = (await world.As(world.Controller).Get(OutcomeFinanceWorld.Path(contract))).Body;
        var period = view.GetProperty("periods").EnumerateArray().Single(one => one.GetProperty("key").GetString() == key);
        var owed = (await world.Obligations(contract)).Where(one => one.GetProperty("periodKey").GetString() == key)
            .Select(one => one.GetProperty("id").GetGuid() + one.GetProperty("amount").GetString()).Order(StringComparer.Ordinal);
        return (period.GetProperty("due").GetString(), period.GetProperty("complete").GetBoolean(), string.Join(' ', owed));
    }
}
