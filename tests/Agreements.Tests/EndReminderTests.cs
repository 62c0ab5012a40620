using System.Net;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>What comes is told of in time and once, by whichever of three replicas: that an agreement ends, and that a talk is
/// near.</summary>
public abstract class EndReminderTests
{
    public sealed class Ending(AgreementsWorld world) : IClassFixture<AgreementsWorld>
    {
        [Fact]
        public async Task An_agreement_under_notice_reminds_of_its_last_day_at_90_and_30_days_and_then_no_more()
        {
            using var second = world.AnotherReplica();
            using var third = world.AnotherReplica();
            foreach (var replica in new[] { second, third }) (await replica.GetAsync("/health/live")).EnsureSuccessStatusCode();
            var of = await world.InForce();
            (await of.Do(world.AssociationSignatory, "notice", new { reason = "Vi orkar inte." })).Is(HttpStatusCode.OK);
            var lastDay = Assert.Single(await world.Announced<AgreementNoticeGiven>(), said => said.AgreementId == of.Id).LastDay;
            await Until(lastDay.AddDays(-90), before: true);
            var before = (await Told(of)).Count; // that of 180 days, if so many were left
            await Until(lastDay.AddDays(-90));
            await Eventually.Holds("at 90 days", async () => (await Told(of)).Count == before + 1);
            await Until(lastDay.AddDays(-30), before: true);
            Assert.Equal(90, (await Told(of))[^1].DaysLeft);
            await Until(lastDay.AddDays(-30));
            await Eventually.Holds("at 30 days", async () => (await Told(of)).Count == before + 2);
            var told = (await Told(of))[^1];
            Assert.Equal((lastDay, 30, false), (told.EndsOn, told.DaysLeft, told.Renews));
            await Until(lastDay.AddDays(1));
            Assert.Equal(before + 2, (await Told(of)).Count);
        }

        private async Task<List<AgreementEndApproaches>> Told(Case of) =>
            [.. (await world.Announced<AgreementEndApproaches>()).Where(said => said.AgreementId == of.Id)];

        private async Task Until(DateOnly day, bool before = false)
        {
            world.Clock.SetTo(SwedishTime.StartOf(day).AddSeconds(before ? -1 : 0));
            await Task.Delay(TimeSpan.FromSeconds(1.5));
        }
    }

    public sealed class Talking(AgreementsWorld world) : IClassFixture<AgreementsWorld>
    {
        [Fact]
        public async Task A_booked_talk_is_reminded_of_a_week_before_once_and_one_that_is_held_before_is_not()
        {
            var (of, held) = (await world.InForce(), await world.InForce());
            var day = SwedishTime.DateIn(world.Clock.GetUtcNow()).AddDays(20);
            foreach (var agreement in new[] { of, held })
                (await agreement.Do(world.Officer, "joint-talks", new { on = day.ToString("O", null) })).Is(HttpStatusCode.OK);
            world.Clock.SetTo(SwedishTime.StartOf(day.AddDays(-8)));
            var talk = (await held.Life(world.Officer)).GetProperty("talks")[0].On("id");
            var account = new { held = true, heldOn = day.AddDays(-8).ToString("O", null) };
            (await held.Do(world.Officer, $"joint-talks/{talk}/account", account))
                .Is(HttpStatusCode.OK);
            world.Clock.SetTo(SwedishTime.StartOf(day.AddDays(-7)).AddSeconds(-1));
            await Task.Delay(TimeSpan.FromSeconds(1.5));
            Assert.Empty(await Soon(of));
            world.Clock.SetTo(SwedishTime.StartOf(day.AddDays(-7)));
            await Eventually.Holds("reminded", async () => (await Soon(of)).Count == 1);
            Assert.Equal(day, (await Soon(of))[0].Before);
            world.Clock.SetTo(SwedishTime.StartOf(day.AddDays(1)));
            await Eventually.Holds("asked whether it was held", async () => (await world.Announced<JointTalkDue>())
                .Any(said => said.AgreementId == of.Id && said.What == "was-it-held"));
            Assert.Single(await Soon(of));
            Assert.Empty(await Soon(held));
        }

        private async Task<List<JointTalkDue>> Soon(Case of) => [.. (await world.Announced<JointTalkDue>())
            .Where(said => said.AgreementId == of.Id && said.What == "soon")];
    }
}
