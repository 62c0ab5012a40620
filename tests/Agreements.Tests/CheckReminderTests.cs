using System.Net;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>What the parties look at together is told of on its day, once, by whichever of three replicas: a year's deliveries
/// and learning goals, and a plan that ends with none after it. It moves the clock, so it has a world of its own.</summary>
public sealed class CheckReminderTests(AgreementsWorld world) : IClassFixture<AgreementsWorld>
{
    [Fact]
    public async Task A_year_that_has_gone_is_asked_about_of_those_who_have_said_nothing_and_a_plan_that_nothing_follows()
    {
        using var second = world.AnotherReplica();
        using var third = world.AnotherReplica();
        foreach (var replica in new[] { second, third }) (await replica.GetAsync("/health/live")).EnsureSuccessStatusCode();
        var living = await LivingCase.InForce(world);
        var of = living.Of;
        var contributions = (await of.Shown()).Body.GetProperty("contributions").EnumerateArray().ToList();
        var own = contributions.Single(one => one.GetProperty("partyId").GetGuid() == of.Partners.AssociationParty);
        (await world.AssociationOfficer.Create($"{of.Path}/contributions/{own.GetProperty("id").GetGuid()}/deliveries",
            new { fromOn = "2026-01-01", toOn = "2026-02-28", hours = 120 })).Is(HttpStatusCode.Created);
        await Adopt("2026");
        await Until(new DateOnly(2026, 12, 1), before: true);
        Assert.Empty(await Told(of));
        await Until(new DateOnly(2026, 12, 1));
        await Eventually.Holds("the plan turns", async () => (await Told(of)).Count == 1);
        Assert.Equal(("plan", new DateOnly(2026, 12, 31), 2), What((await Told(of))[0]));
        await Adopt("2027");
        await Until(new DateOnly(2027, 2, 1), before: true);
        Assert.Single(await Told(of));
        await Until(new DateOnly(2027, 2, 1));
        await Eventually.Holds("the year is asked about", async () => (await Told(of)).Count == 2);
        var silent = (await Told(of))[1];
        Assert.Equal(("deliveries", new DateOnly(2026, 12, 31), 1), What(silent));
        Assert.Equal(of.Partners.RegionParty, silent.Parties[0].PartyId);
        await Until(new DateOnly(2027, 12, 1)); // the next plan
        await Eventually.Holds("the plan turns", async () => (await Told(of)).Count == 3);
        Assert.Equal(("plan", new DateOnly(2027, 12, 31), 2), What((await Told(of))[2]));

        async Task Adopt(string year) => (await world.Officer.Create(
            $"{living.Path}/plans", living.Plan($"Plan {year}", $"{year}-01-01", $"{year}-12-31"))).Is(HttpStatusCode.Created);
    }

    private static (string, DateOnly, int) What(AgreementCheckDue told) => (told.What, told.On, told.Parties.Count);

    private async Task<List<AgreementCheckDue>> Told(Case of) =>
        [.. (await world.Announced<AgreementCheckDue>()).Where(said => said.AgreementId == of.Id)];

    private async Task Until(DateOnly day, bool before = false)
    {
        world.Clock.SetTo(SwedishTime.StartOf(day).AddSeconds(before ? -1 : 0));
        await Task.Delay(TimeSpan.FromSeconds(1.5));
    }
}
