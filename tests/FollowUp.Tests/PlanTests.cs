using System.Net;
using System.Text.Json;
using Iop.Contracts.Agreements;
using Iop.Contracts.FollowUp;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.FollowUp.Tests;

[Collection("follow-up")]
public sealed class PlanTests(FollowUpWorld world)
{
    private static readonly object Children =
        new { name = "Barn i verksamheten", unit = "barn", ratio = false, every = "half-year", baseline = "0", target = "40" };
    private static readonly object Share = new { name = "Andel som mår bättre", unit = "%", ratio = true, every = "year" };

    [Fact]
    public async Task The_plan_opens_once_when_the_agreement_is_in_force()
    {
        var agreement = world.InForce();
        await world.Tell(agreement);
        await world.Tell(agreement);
        var plan = await world.Plan(agreement);
        var told = Assert.Single(await world.Announced<PlanOpened>(), one => one.AgreementId == agreement.AgreementId);
        Assert.Equal(plan, told.PlanId);
        Assert.Equal(2, told.Organisations.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_plan_closes_when_the_agreement_ends_whichever_is_heard_first(bool endFirst)
    {
        var agreement = world.InForce();
        var ended = new AgreementEnded
        {
            AgreementId = agreement.AgreementId, Sequence = 9, PartnershipId = agreement.PartnershipId, Title = "Vårsol",
                EndedOn = new DateOnly(2026, 2, 1), How = "ended",
        };
        if (endFirst) await world.Tell(ended);
        await world.Tell(agreement);
        if (!endFirst) await world.Tell(ended);
        var plan = await world.Plan(agreement);
        var view = (await world.As(world.Officer).Get($"/follow-up/v1/plans/{plan}")).Body;
        Assert.Equal("closed", view.GetProperty("state").GetString());
        (await world.As(world.Officer).Create($"/follow-up/v1/plans/{plan}/indicators", Children))
            .Refuses(HttpStatusCode.Conflict, "plan.closed");
    }

    [Fact]
    public async Task A_report_is_corrected_by_another_and_both_are_kept()
    {
        var indicator = (await world.As(world.Officer)
            .Create($"/follow-up/v1/plans/{await world.OpenPlan()}/indicators", Children)).Is(HttpStatusCode.Created).Id;
        var association = world.As(Callers.Of(world.Association, Roles.Reporter));
        await association.Create($"/follow-up/v1/indicators/{indicator}/reports", new { periodKey = "2026-H1", value = "17" });
        var corrected = (await association.Create(
            $"/follow-up/v1/indicators/{indicator}/reports",
            new { periodKey = "2026-H1", value = "18", comment = "Ett barn glömdes." }))
            .Is(HttpStatusCode.Created);
        var report = Assert.Single(corrected.Body.GetProperty("reports").EnumerateArray());
        Assert.Equal("18", report.GetProperty("value").GetString());
        Assert.Equal(2, report.GetProperty("number").GetInt32());
        Assert.Equal("2026-12-31", corrected.Body.GetProperty("nextDue").GetString());
        Assert.Equal(2, await world.Scalar<long>("SELECT count(*) FROM report WHERE indicator_id = $1", indicator));
        Assert.Equal(2, (await world.Announced<IndicatorReported>()).Count(one => one.IndicatorId == indicator));
    }

    [Fact]
    public async Task Reports_at_the_same_time_wait_for_each_other_and_are_all_taken()
    {
        var indicator = (await world.As(world.Officer)
            .Create($"/follow-up/v1/plans/{await world.OpenPlan()}/indicators", Children)).Is(HttpStatusCode.Created).Id;
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(number => world.As(world.Officer).Create(
            $"/follow-up/v1/indicators/{indicator}/reports", new { periodKey = "2026-H1", value = $"{number}" })));
        Assert.All(answers, answer => answer.Is(HttpStatusCode.Created));
        Assert.Equal(8, await world.Scalar<int>("SELECT max(number) FROM report WHERE indicator_id = $1", indicator));
    }

    [Fact]
    public async Task A_ratio_is_reported_as_numerator_and_denominator()
    {
        var indicator = (await world.As(world.Officer).Create($"/follow-up/v1/plans/{await world.OpenPlan()}/indicators", Share))
            .Is(HttpStatusCode.Created).Id;
        var reports = $"/follow-up/v1/indicators/{indicator}/reports";
        (await world.As(world.Officer).Create(reports, new { periodKey = "2026", value = "0.5" }))
            .Refuses(HttpStatusCode.BadRequest, "report.ratio-wanted");
        (await world.As(world.Officer).Create(reports, new { periodKey = "2026", numerator = "9", denominator = "0" }))
            .Refuses(HttpStatusCode.BadRequest, "report.ratio-wanted");
        var report = (await world.As(world.Officer)
            .Create(reports, new { periodKey = "2026", numerator = "9", denominator = "12" })).Is(HttpStatusCode.Created)
            .Body.GetProperty("reports")[0];
        Assert.Equal(("9", "12"), (report.GetProperty("numerator").GetString(), report.GetProperty("denominator").GetString()));
    }

    [Theory]
    [InlineData("2026-Q1", "1", HttpStatusCode.BadRequest)]
    [InlineData("2026-H3", "1", HttpStatusCode.BadRequest)]
    [InlineData("2027-H1", "1", HttpStatusCode.Conflict)]
    [InlineData("2026-H1", "1e5", HttpStatusCode.BadRequest)]
    [InlineData("2026-H1", "1,5", HttpStatusCode.BadRequest)]
    [InlineData("2026-H1", "99999999999999999999999999999999", HttpStatusCode.BadRequest)]
    public async Task A_report_that_makes_no_sense_is_refused_and_nothing_is_stored(
        string period, string value, HttpStatusCode status)
    {
        var indicator = (await world.As(world.Officer)
            .Create($"/follow-up/v1/plans/{await world.OpenPlan()}/indicators", Children)).Id;
        (await world.As(world.Officer).Create($"/follow-up/v1/indicators/{indicator}/reports", new { periodKey = period, value }))
            .Is(status);
        Assert.Equal(0, await world.Scalar<long>("SELECT count(*) FROM report WHERE indicator_id = $1", indicator));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"name":"x","unit":"y","ratio":"no","every":"year"}""")]
    [InlineData("""{"name":"x","unit":"y","ratio":false,"every":"fortnight"}""")]
    [InlineData("""{"name":"x","unit":"y","ratio":false,"every":"year","baseline":12}""")]
    public async Task A_malformed_indicator_is_a_clear_problem(string json) =>
        (await world.As(world.Officer)
            .Create($"/follow-up/v1/plans/{await world.OpenPlan()}/indicators", JsonSerializer.Deserialize<JsonElement>(json)))
            .Is(HttpStatusCode.BadRequest);

    [Fact]
    public async Task The_same_creating_request_twice_makes_one_indicator()
    {
        var (plan, key) = (await world.OpenPlan(), Guid.NewGuid().ToString());
        var officer = world.As(world.Officer with { Person = Guid.Parse("0197f000-0000-7000-8000-000000000001") });
        var both = await Task.WhenAll(
            officer.Create($"/follow-up/v1/plans/{plan}/indicators", Children, key),
            officer.Create($"/follow-up/v1/plans/{plan}/indicators", Children, key));
        Assert.Equal(both[0].Is(HttpStatusCode.Created).Id, both[1].Is(HttpStatusCode.Created).Id);
    }

    [Fact]
    public async Task A_stranger_finds_no_plan()
    {
        var plan = await world.OpenPlan();
        (await world.As(world.Stranger).Get($"/follow-up/v1/plans/{plan}")).Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await world.As(world.Stranger).Create($"/follow-up/v1/plans/{plan}/indicators", Children))
            .Refuses(HttpStatusCode.NotFound, "request.not-found");
        Assert.Empty((await world.As(world.Stranger).Get("/follow-up/v1/plans")).Body.GetProperty("items").EnumerateArray());
    }
}
