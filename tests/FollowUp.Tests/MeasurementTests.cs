using System.Net;
using Iop.Contracts.FollowUp;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.FollowUp.Tests;

[Collection("follow-up")]
public sealed class MeasurementTests(FollowUpWorld world)
{
    private const string Denied = "42501";

    [Fact]
    public async Task A_verified_measurement_is_announced_with_its_figures()
    {
        var contract = await world.SignedContract();
        var verified = await world.Verified(contract);
        Assert.Equal("verified", verified.Body.GetProperty("state").GetString());
        var told = Assert.Single(await world.Announced<MeasurementVerified>(), one => one.ContractId == contract);
        Assert.Equal(1, told.Revision);
        Assert.Equal(world.Institute, told.VerifierOrganisationId);
        Assert.Equal(["besparing", "investerat", "skolresultat_förbättrade"], told.Figures.Select(figure => figure.Path));
        Assert.Equal(["number", "number", "boolean"], told.Figures.Select(figure => figure.Type));
    }

    [Fact]
    public async Task A_correction_names_what_it_corrects_and_nothing_is_overwritten()
    {
        var contract = await world.SignedContract();
        var first = (await world.Verified(contract)).Id;
        (await world.Measure(contract, FollowUpWorld.Report("3500000")))
            .Refuses(HttpStatusCode.Conflict, "measurement.correction-must-name");
        await world.Verified(contract, "3500000", first);
        var told = (await world.Announced<MeasurementVerified>()).Where(one => one.ContractId == contract).ToList();
        Assert.Equal([1, 2], told.Select(one => one.Revision));
        Assert.Equal(first, told[1].SupersedesMeasurementId);
        var kept = (await world.As(world.Reporter).Get($"/follow-up/v1/measurements/{first}")).Is(HttpStatusCode.OK).Body;
        Assert.Contains(kept.GetProperty("figures").EnumerateArray(),
            figure => figure.GetProperty("value").GetString() == "4000000");
    }

    [Fact]
    public async Task A_returned_measurement_is_reported_anew()
    {
        var contract = await world.SignedContract();
        var reported = (await world.Measure(contract, FollowUpWorld.Report())).Is(HttpStatusCode.Created);
        (await world.Measure(contract, FollowUpWorld.Report()))
            .Refuses(HttpStatusCode.Conflict, "measurement.awaits-verification");
        var returned = (await world.As(world.Verifier)
            .Act($"/follow-up/v1/measurements/{reported.Id}/return", reported.Tag, new { reason = "Underlag saknas." }))
            .Is(HttpStatusCode.OK);
        (await world.As(world.Verifier).Act($"/follow-up/v1/measurements/{reported.Id}/verification", returned.Tag))
            .Refuses(HttpStatusCode.Conflict, "measurement.not-reported");
        Assert.Equal(2, (await world.Measure(contract, FollowUpWorld.Report())).Is(HttpStatusCode.Created)
            .Body.GetProperty("revision").GetInt32());
        Assert.Equal("Underlag saknas.",
            Assert.Single(await world.Announced<MeasurementReturned>(), one => one.ContractId == contract).Reason);
        Assert.DoesNotContain(await world.Announced<MeasurementVerified>(), one => one.ContractId == contract);
    }

    [Fact]
    public async Task Only_the_contracts_verifier_verifies()
    {
        var contract = await world.SignedContract();
        var reported = (await world.Measure(contract, FollowUpWorld.Report())).Is(HttpStatusCode.Created);
        var path = $"/follow-up/v1/measurements/{reported.Id}/verification";
        foreach (var party in new[] { world.Municipality, world.Fund })
            (await world.As(Callers.Of(party, Roles.Verifier)).Act(path, reported.Tag))
                .Refuses(HttpStatusCode.Forbidden, "measurement.not-the-verifier");
        (await world.As(Callers.Of(world.Institute, Roles.Reporter)).Act(path, reported.Tag))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        (await world.As(world.Stranger).Act(path, reported.Tag)).Refuses(HttpStatusCode.NotFound, "request.not-found");
    }

    [Fact]
    public async Task The_verifier_and_the_funder_do_not_report()
    {
        var contract = await world.SignedContract();
        (await world.Measure(contract, FollowUpWorld.Report(), Callers.Of(world.Institute, Roles.Reporter)))
            .Refuses(HttpStatusCode.Forbidden, "measurement.not-a-reporter");
        (await world.Measure(contract, FollowUpWorld.Report(), world.Stranger))
            .Refuses(HttpStatusCode.NotFound, "request.not-found");
    }

    [Fact]
    public async Task A_contract_whose_verifier_is_a_party_is_not_measured()
    {
        var contract = world.Contract(verifier: world.Fund);
        await world.Publish(contract);
        var sound = await world.SignedContract(); // told after it, and heard
        (await world.As(world.Reporter).Get($"/follow-up/v1/contracts/{sound}")).Is(HttpStatusCode.OK);
        (await world.As(world.Reporter).Get($"/follow-up/v1/contracts/{contract.ContractId}")).Is(HttpStatusCode.NotFound);
    }

    public static TheoryData<string, object, string> Nonsense => new()
    {
        { "unknown measure", new { path = "hittepå", type = "number", value = "1" }, "measurement.no-such-measure" },
        { "twice", new { path = "investerat", type = "number", value = "1" }, "measurement.same-figure-twice" },
        { "not whole", new { path = "kohorter/a/deltagare", type = "number", value = "1.5" }, "measurement.figure-not-whole" },
        { "negative", new { path = "kohorter/a/deltagare", type = "number", value = "-2" }, "measurement.figure-negative" },
        { "exponent", new { path = "kohorter/a/deltagare", type = "number", value = "1e3" }, "measurement.figure-malformed" },
        { "thousands", new { path = "kohorter/a/deltagare", type = "number", value = "1 000" }, "measurement.figure-malformed" },
        { "no number", new { path = "kohorter/a/deltagare", type = "boolean", value = "true" }, "measurement.figure-malformed" },
        { "too deep", new { path = "kohorter/a/b/deltagare", type = "number", value = "1" }, "measurement.no-such-measure" },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task A_figure_that_the_contract_does_not_know_is_refused(string what, object figure, string code)
    {
        var contract = await world.SignedContract();
        (await world.Measure(contract, FollowUpWorld.Report(more: [figure]))).Refuses(HttpStatusCode.BadRequest, code);
        Assert.Equal(0, await world.Scalar<long>("SELECT count(*) FROM measurement WHERE contract_id = $1", contract));
        Assert.NotEmpty(what);
    }

    [Fact]
    public async Task Only_periods_of_the_contract_that_have_begun_are_measured()
    {
        var contract = await world.SignedContract();
        (await world.Measure(contract, FollowUpWorld.Report(period: "2026")))
            .Refuses(HttpStatusCode.Conflict, "measurement.no-such-period");
        (await world.Measure(contract, FollowUpWorld.Report(period: "2030")))
            .Refuses(HttpStatusCode.Conflict, "measurement.period-not-begun");
    }

    [Fact]
    public async Task The_bench_shows_the_verifier_what_waits()
    {
        var contract = await world.SignedContract();
        var reported = (await world.Measure(contract, FollowUpWorld.Report())).Id;
        var bench = (await world.As(world.Verifier).Get("/follow-up/v1/measurements?state=reported&limit=100"))
            .Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray();
        Assert.True(Assert.Single(bench, line => line.GetProperty("id").GetGuid() == reported).GetProperty("mine").GetBoolean());
        (await world.As(world.Verifier).Get("/follow-up/v1/measurements?state=lost")).Is(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_bench_shows_every_period_of_what_one_verifies_and_nothing_to_others()
    {
        var contract = await world.SignedContract();
        var reported = (await world.Measure(contract, FollowUpWorld.Report())).Id;
        var periods = Assert.Single((await world.As(world.Verifier).Get("/follow-up/v1/verification-bench?limit=100"))
            .Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray(), one => one.GetProperty("id").GetGuid() == contract)
            .GetProperty("periods").EnumerateArray().ToList();
        Assert.Equal(["waiting", "not-begun"], periods.Select(period => period.GetProperty("standing").GetString()));
        Assert.Equal(reported, periods[0].GetProperty("measurementId").GetGuid());
        Assert.Equal(["kohorter"], periods[0].GetProperty("missing").EnumerateArray().Select(name => name.GetString()));
        (await world.As(world.Reporter).Get("/follow-up/v1/verification-bench"))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        foreach (var other in new[] { world.Fund, world.Municipality })
            Assert.DoesNotContain(contract.ToString(),
                (await world.As(Callers.Of(other, Roles.Verifier)).Get("/follow-up/v1/verification-bench?limit=100"))
                    .Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE figure SET value = '1' WHERE contract_id = $1")]
    [InlineData("UPDATE measurement SET revision = 9 WHERE contract_id = $1")]
    [InlineData("DELETE FROM measurement WHERE contract_id = $1")]
    [InlineData("UPDATE measurement SET state = 'Verified', verified_by_organisation = gen_random_uuid(), verified_by_person = caller_person(), verified_at = now() WHERE contract_id = $1")]
    [InlineData("INSERT INTO stance (contract_id, organisation_id, is_verifier) VALUES ($1, caller_org(), true)")]
    public async Task The_database_lets_nobody_change_a_measurement_or_verify_in_anothers_name(string sql)
    {
        var contract = await world.SignedContract();
        (await world.Measure(contract, FollowUpWorld.Report())).Is(HttpStatusCode.Created);
        Assert.Equal(Denied, await world.AsApplication(world.Reporter, sql, contract));
    }

    [Fact]
    public async Task The_database_lets_no_party_verify()
    {
        var contract = await world.SignedContract();
        (await world.Measure(contract, FollowUpWorld.Report())).Is(HttpStatusCode.Created);
        const string foreignKey = "23503";
        foreach (var party in new[] { world.Municipality, world.Fund })
        {
            Assert.Equal(foreignKey, await world.AsApplication(Callers.Of(party), """
                UPDATE measurement SET state = 'Verified', verified_by_organisation = caller_org(), verified_by_person = caller_person(), verified_at = now(), version = 2
                WHERE contract_id = $1
                """, contract));
        }
    }

    [Fact]
    public async Task What_the_verifier_has_decided_stays_decided()
    {
        var contract = await world.SignedContract();
        await world.Verified(contract);
        Assert.Equal("no rows", await world.AsApplication(
            new Caller(Guid.NewGuid(), world.Institute, null, new HashSet<string>(StringComparer.Ordinal)),
            "UPDATE measurement SET remark = 'x' WHERE contract_id = $1", contract));
    }
}
