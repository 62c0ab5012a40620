using System.Net;
using Iop.Contracts.Agreements;
using Iop.Contracts.FollowUp;
using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.FollowUp.Tests;

/// <summary>What was there before there were reminders is reminded of after an upgrade: what lies ahead once, though three
/// replicas start together, and nothing of what is past. It moves the clock, so it has a world of its own.</summary>
public sealed class UpgradeTests(FollowUpWorld world) : IClassFixture<FollowUpWorld>
{
    private const string Script = "161_asked_from.sql";

    /// <summary>Nothing was remembered of what was told, nor that a contract has ended, and no timer was set.</summary>
    private const string Before = """
        DELETE FROM timer;
        UPDATE indicator SET told_period = NULL, told_stage = NULL;
        UPDATE measured_contract SET ended_on = NULL;
        ALTER TABLE indicator DROP COLUMN asked_from;
        ALTER TABLE measured_contract DROP COLUMN asked_from
        """;

    private static readonly DateOnly Today = new(2027, 3, 2);

    [Fact]
    public async Task Reports_and_outcomes_from_before_are_told_of_once_from_now_on_and_never_those_that_were_late()
    {
        world.Clock.SetTo(SwedishTime.StartOf(Today));
        var (open, closed) = (await Indicator(), await Indicator(ends: true));
        var (running, over) = (Contract("2025", "2026", "2027-H1"), Contract("2025", "2026"));
        foreach (var contract in new[] { running, over }) await world.Tell(contract);
        await world.Stop();
        await world.Upgrade(Script, Before);
        var (reports, outcomes) = (await Reports(), await Outcomes());
        await world.Start(replicas: 3);
        await Eventually.Holds("all have caught up", async () => await world.Scalar<long>(
            "SELECT count(*) FROM timer WHERE kind LIKE '%-catches-up' AND done_at IS NOT NULL") == 3); // not of what has closed
        Assert.Equal([$"{open} set 2027-H1"], (await Reports()).Skip(reports.Count));

        await Until(new DateOnly(2027, 6, 23));
        await Until(new DateOnly(2027, 7, 1));
        await Eventually.Holds("late, and over", async () =>
            (await Reports()).Count == reports.Count + 3 && (await Outcomes()).Count == outcomes.Count + 1);
        await Until(new DateOnly(2027, 7, 31));
        await Eventually.Holds("long over", async () => (await Outcomes()).Count == outcomes.Count + 2);
        await Until(new DateOnly(2028, 2, 2));
        Assert.Equal([$"{open} set 2027-H1", $"{open} soon 2027-H1", $"{open} overdue 2027-H1"],
            (await Reports()).Skip(reports.Count));
        Assert.Equal([$"{running.ContractId} due 2027-H1", $"{running.ContractId} overdue 2027-H1"],
            (await Outcomes()).Skip(outcomes.Count));

        // Once it is made the next one follows, as for all others; what was late may still be reported.
        foreach (var period in new[] { "2026-H1", "2027-H1" })
            (await world.As(world.Officer).Create($"/follow-up/v1/indicators/{open}/reports",
                new { periodKey = period, value = "17" })).Is(HttpStatusCode.Created);
        Assert.Equal($"{open} overdue 2027-H2", (await Reports())[^1]);
        Assert.DoesNotContain(await Reports(), said => said.StartsWith($"{closed} set", StringComparison.Ordinal));
    }

    private async Task<Guid> Indicator(bool ends = false)
    {
        var agreement = world.InForce();
        await world.Tell(agreement);
        var indicator = (await world.As(world.Officer).Create($"/follow-up/v1/plans/{await world.Plan(agreement)}/indicators",
            new { name = "Barn", unit = "barn", ratio = false, every = "half-year" })).Is(HttpStatusCode.Created).Id;
        if (ends)
            await world.Tell(new AgreementEnded
            {
                AgreementId = agreement.AgreementId, Sequence = 9, PartnershipId = agreement.PartnershipId, Title = "Vårsol",
                EndedOn = Today.AddDays(-1), How = "ended",
            });
        return indicator;
    }

    private OutcomeContractSigned Contract(params string[] periods) => world.Contract() with
    {
        Periods =
        [
            .. periods.Select(key => new OutcomeContractSignedPeriod
            {
                Key = key, From = new DateOnly(int.Parse(key[..4], null), 1, 1),
                To = new DateOnly(int.Parse(key[..4], null), key.Length == 4 ? 12 : 6, key.Length == 4 ? 31 : 30),
                Final = key == periods[^1],
            }),
        ],
    };

    private async Task<List<string>> Reports() => [.. (await world.Announced<IndicatorReportDue>())
        .Select(said => $"{said.IndicatorId} {said.Stage} {said.PeriodKey}")];

    private async Task<List<string>> Outcomes() => [.. (await world.Announced<MeasurementDue>())
        .Select(said => $"{said.ContractId} {said.Stage} {said.PeriodKey}")];

    private async Task Until(DateOnly day)
    {
        world.Clock.SetTo(SwedishTime.StartOf(day));
        await Task.Delay(TimeSpan.FromSeconds(1.5)); // what rings in vain has rung
    }
}
