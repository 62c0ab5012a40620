using System.Net;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>What time does to an agreement. Each test moves the clock, so each has a world of its own.</summary>
public abstract class LifeTests
{
    public sealed class FromDraftToEnd(AgreementsWorld world) : IClassFixture<AgreementsWorld>
    {
        [Fact]
        public async Task An_agreement_is_drafted_assessed_approved_opened_signed_and_enters_into_force()
        {
            var of = await world.Written();
            Assert.Equal("draft", await of.State());
            await of.AnswerAll();
            Assert.Equal("assessment", await of.State());
            Assert.Equal("complete", (await of.Assessment()).GetProperty("state").GetString());
            (await of.Approve()).Is(HttpStatusCode.OK);
            Assert.Equal("approved", (await of.Assessment()).GetProperty("state").GetString());
            (await of.Open()).Is(HttpStatusCode.OK);
            Assert.Equal("open-for-signature", await of.State());
            (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
            Assert.Equal("open-for-signature", await of.State());
            (await of.Sign(world.AssociationSignatory)).Is(HttpStatusCode.OK);
            Assert.Equal("signed", await of.State());

            world.Clock.SetTo(SwedishTime.StartOf(new DateOnly(2026, 4, 1)));
            await Eventually.Holds("the agreement is in force", async () => await of.State() == "in-force");
            var told = Assert.Single(await world.Announced<AgreementEnteredIntoForce>(), said => said.AgreementId == of.Id);
            Assert.Equal("Text om goals.", told.Purpose);
            Assert.Equal(["Frälsningsarmén", "Region Jönköpings län"], told.Parties.Select(party => party.Name)
                .Order(StringComparer.Ordinal));
            Assert.Equal(125_000_000, Assert.Single(told.Contributions, one => one.Kind == "money").OrePerYear);
            Assert.Equal(new DateOnly(2026, 3, 2), told.SignedOn);
            var partnership = (await world.Officer.Get($"/agreements/v1/partnerships/{of.Partners.Id}")).Is(HttpStatusCode.OK)
                .Body;
            Assert.Equal("in-force", partnership.GetProperty("state").GetString());

            world.Clock.SetTo(SwedishTime.StartOf(new DateOnly(2029, 1, 1)));
            await Eventually.Holds("the agreement has ended", async () => await of.State() == "ended");
            Assert.Equal(new DateOnly(2028, 12, 31),
                Assert.Single(await world.Announced<AgreementEnded>(), said => said.AgreementId == of.Id).EndedOn);
        }
    }

    public sealed class WithTwoReplicas(AgreementsWorld world) : IClassFixture<AgreementsWorld>
    {
        [Fact]
        public async Task Timers_ring_once_however_many_replicas_there_are()
        {
            using var another = world.AnotherReplica();
            (await another.GetAsync("/health/live")).EnsureSuccessStatusCode();
            var all = new List<Case>();
            for (var count = 0; count < 4; count++)
            {
                var of = await world.Opened();
                (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
                (await of.Sign(world.AssociationSignatory)).Is(HttpStatusCode.OK);
                all.Add(of);
            }
            world.Clock.SetTo(SwedishTime.StartOf(new DateOnly(2026, 4, 1)).AddSeconds(-1));
            await Task.Delay(TimeSpan.FromSeconds(1.5));
            Assert.Empty(await world.Announced<AgreementEnteredIntoForce>());
            world.Clock.SetTo(SwedishTime.StartOf(new DateOnly(2026, 4, 1)));
            foreach (var of in all) await of.Becomes(world, "in-force");
            await Task.Delay(TimeSpan.FromSeconds(1.5));
            var told = await world.Announced<AgreementEnteredIntoForce>();
            Assert.Equal(all.Select(of => of.Id).Order(), told.Select(said => said.AgreementId).Order());
        }
    }

    public sealed class WithOddDates(AgreementsWorld world) : IClassFixture<AgreementsWorld>
    {
        [Fact]
        public async Task One_that_renews_itself_does_not_end_by_itself_and_one_signed_late_is_in_force_at_once()
        {
            var renewing = await world.Opened(startsOn: new DateOnly(2026, 1, 1), endsOn: new DateOnly(2026, 6, 30),
                autoRenews: true);
            var ending = await world.Opened(startsOn: new DateOnly(2026, 1, 1), endsOn: new DateOnly(2026, 6, 30));
            foreach (var of in new[] { renewing, ending })
            {
                (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
                (await of.Sign(world.AssociationSignatory)).Is(HttpStatusCode.OK);
                await Eventually.Holds("in force at once", async () => await of.State() == "in-force");
            }
            world.Clock.SetTo(SwedishTime.StartOf(new DateOnly(2026, 7, 1)));
            await Eventually.Holds("ended", async () => await ending.State() == "ended");
            Assert.Equal("in-force", await renewing.State());
        }
    }
}
