using System.Net;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>Days that come while nothing runs: they are caught up with when the service starts again, once, however many
/// replicas start at the same moment.</summary>
public sealed class RestartTests(AgreementsWorld world) : IClassFixture<AgreementsWorld>
{
    private static readonly DateOnly Later = new(2026, 9, 10);

    /// <summary>Longer than a replica waits between two looks at the timers.</summary>
    private static readonly TimeSpan AFewRounds = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task What_fell_due_while_no_process_lived_happens_once_when_three_start_at_once()
    {
        var starting = await world.Opened(); // on 1 April
        (await starting.Sign(world.Signatory)).Is(HttpStatusCode.OK);
        (await starting.Sign(world.AssociationSignatory)).Is(HttpStatusCode.OK);
        var ending = await world.InForce(endsOn: new DateOnly(2026, 8, 31));
        var noticed = await world.InForce();
        (await noticed.Do(world.AssociationSignatory, "notice", new { reason = "Vi orkar inte." })).Is(HttpStatusCode.OK);
        var renewing = await world.InForce(endsOn: new DateOnly(2026, 12, 31), autoRenews: true); // notice by 30 June
        await Eventually.Holds("reminded of 180 days", async () => (await Reminders()).Count(said => said.AgreementId
            == renewing.Id) == 1);
        var reminded = await world.InForce(endsOn: new DateOnly(2027, 3, 31)); // notice by 30 September
        var talking = await world.InForce(endsOn: new DateOnly(2027, 3, 31));
        (await talking.Do(world.Officer, "joint-talks", new { on = "2026-08-01" })).Is(HttpStatusCode.OK);
        var (left, leaver) = await world.WithOneThatLeaves();

        await world.Stop();
        world.Clock.SetTo(SwedishTime.StartOf(Later).AddHours(9));
        await Task.Delay(AFewRounds);
        Assert.DoesNotContain(await world.Announced<AgreementEnteredIntoForce>(), said => said.AgreementId == starting.Id);
        Assert.Empty(await world.Announced<AgreementEnded>());
        Assert.Empty(await world.Announced<AgreementChanged>());

        await world.Start(replicas: 3);
        await AllHaveRung();
        await Task.Delay(AFewRounds);
        await HappenedOnce();

        // Nothing of it happens again when they end and start once more.
        await world.Stop();
        await world.Start(replicas: 3);
        await Task.Delay(AFewRounds);
        await AllHaveRung();
        await HappenedOnce();

        async Task HappenedOnce()
        {
            Assert.Single(await world.Announced<AgreementEnteredIntoForce>(), said => said.AgreementId == starting.Id);
            Assert.Equal("in-force", await starting.State());
            var ended = (await world.Announced<AgreementEnded>()).ToDictionary(said => said.AgreementId);
            Assert.Equal((new DateOnly(2026, 8, 31), "ended"), (ended[ending.Id].EndedOn, ended[ending.Id].How));
            Assert.Equal((new DateOnly(2026, 9, 2), "notice"), (ended[noticed.Id].EndedOn, ended[noticed.Id].How));
            Assert.Equal(2, ended.Count);
            var renewed = Assert.Single(await world.Announced<AgreementChanged>(), said => said.AgreementId == renewing.Id);
            Assert.Equal(("renewal", new DateOnly(2027, 12, 31)), (renewed.Kind, renewed.EndsOn));
            // The day has come by the departure; the register and the others learn of it.
            var changed = Assert.Single(await world.Announced<AgreementChanged>(), said => said.AgreementId == left.Id);
            Assert.Equal(("withdrawal", new DateOnly(2026, 9, 3)), (changed.Kind, changed.EffectiveOn));
            (await world.As(leaver).Get(left.Path)).Is(HttpStatusCode.NotFound);
            // Of the three reminders only the one whose time it is speaks, with the days that are left now.
            var reminders = await Reminders();
            Assert.Equal(20, Assert.Single(reminders, said => said.AgreementId == reminded.Id).DaysLeft);
            Assert.Equal("booked", Assert.Single(reminders, said => said.AgreementId == talking.Id).Talk);
            Assert.Single(reminders, said => said.AgreementId == renewing.Id); // the one before the stop
            var talks = (await world.Announced<JointTalkDue>()).Select(said => (said.AgreementId, said.What)).ToList();
            Assert.Equal([(reminded.Id, "book"), (talking.Id, "was-it-held")], talks.OrderBy(said => said.What));
        }
    }

    private Task<IReadOnlyList<NoticeDateApproaches>> Reminders() => world.Announced<NoticeDateApproaches>();

    private Task AllHaveRung() => Eventually.Holds("every timer that is due has rung", async () => await world.Scalar<long>(
        "SELECT count(*) FROM timer WHERE done_at IS NULL AND due_at <= $1", world.Clock.GetUtcNow()) == 0,
        TimeSpan.FromSeconds(60));
}
