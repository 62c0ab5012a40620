using System.Net;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>Agreements in force before there were reminders are reminded of after an upgrade: what lies ahead once, though three
/// replicas start together, nothing of what is past, and nothing of what has ended. It moves the clock, so it has a world of its
/// own.</summary>
public sealed class UpgradeTests(AgreementsWorld world) : IClassFixture<AgreementsWorld>
{
    private const string Script = "162_reminders_of_running_agreements.sql";
    private const string Before = """
        DELETE FROM timer WHERE kind IN ('agreement-checks', 'agreement-end-reminds', 'agreement-reminds');
        DELETE FROM end_reminder; DELETE FROM agreement_check; DELETE FROM notice_reminder
        """;

    [Fact]
    public async Task Running_agreements_from_before_are_reminded_of_what_lies_ahead_once()
    {
        world.Clock.SetTo(SwedishTime.StartOf(new DateOnly(2027, 3, 2)));
        var living = await LivingCase.InForce(world, endsOn: new DateOnly(2028, 12, 31));
        var (far, soon, over) = (living.Of, await world.InForce(endsOn: new DateOnly(2027, 4, 15)),
            await world.InForce(endsOn: new DateOnly(2027, 3, 10)));
        (await world.Officer.Create($"{living.Path}/plans", living.Plan("Plan 2027", "2027-01-01", "2027-12-31")))
            .Is(HttpStatusCode.Created);
        (await far.Do(world.Officer, "joint-talks", new { on = "2027-04-20" })).Is(HttpStatusCode.OK);
        await Until(new DateOnly(2027, 3, 12));
        await over.Becomes(world, "ended");
        await world.Stop();
        await world.Upgrade(Script, Before);
        var (ends, checks) = ((await Ends()).Count, (await Checks()).Count);
        await world.Start(replicas: 3);
        await Eventually.Holds("both have caught up", async () => await world.Scalar<long>(
            "SELECT count(*) FROM timer WHERE kind = 'agreement-catches-up' AND done_at IS NOT NULL") == 2);
        Assert.Equal(2L, await world.Scalar<long>("SELECT count(*) FROM timer WHERE kind = 'agreement-catches-up'"));
        await Eventually.Holds("the near end is told of", async () => (await Ends()).Count == ends + 1);

        foreach (var day in new DateOnly[] { new(2027, 3, 16), new(2027, 4, 13), new(2027, 4, 16), new(2027, 12, 1),
            new(2028, 2, 1), new(2028, 7, 4), new(2028, 10, 2) })
            await Until(day);
        await Eventually.Holds("the far end is told of", async () => (await Ends()).Count == ends + 4);
        Assert.Equal([(soon.Id, 34), (soon.Id, 30), (far.Id, 180), (far.Id, 90)], (await Ends()).Skip(ends));
        Assert.Equal([("plan", new DateOnly(2027, 12, 31)), ("deliveries", new DateOnly(2027, 12, 31))],
            (await Checks()).Skip(checks).Where(one => one.What != "learning-goals"));
        Assert.Equal([new DateOnly(2027, 4, 20)], (await world.Announced<JointTalkDue>())
            .Where(said => said.AgreementId == far.Id && said.What == "soon").Select(said => said.Before));
        Assert.DoesNotContain(await world.Announced<AgreementCheckDue>(), said => said.On.Year < 2027);

        // Upgraded once more, those that are reminded by now are left as they are.
        await world.Stop();
        await world.Upgrade(Script, "SELECT");
        await world.Start();
        Assert.Equal(2L, await world.Scalar<long>("SELECT count(*) FROM timer WHERE kind = 'agreement-catches-up'"));
    }

    private async Task<List<(Guid Agreement, int DaysLeft)>> Ends() =>
        [.. (await world.Announced<AgreementEndApproaches>()).Select(said => (said.AgreementId, said.DaysLeft))];

    private async Task<List<(string What, DateOnly On)>> Checks() =>
        [.. (await world.Announced<AgreementCheckDue>()).Select(said => (said.What, said.On))];

    private async Task Until(DateOnly day)
    {
        world.Clock.SetTo(SwedishTime.StartOf(day));
        await Task.Delay(TimeSpan.FromSeconds(1.5)); // what rings in vain has rung
    }
}
