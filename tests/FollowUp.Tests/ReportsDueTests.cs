using System.Net;
using Iop.Contracts.Agreements;
using Iop.Contracts.FollowUp;
using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.FollowUp.Tests;

/// <summary>The parties are told which report is due next, a week before, and when its day has passed: each once, however many
/// replicas there are. It moves the clock, so it has a world of its own.</summary>
public abstract class ReportsDueTests
{
    private static readonly object Children =
        new { name = "Barn i verksamheten", unit = "barn", ratio = false, every = "half-year" };

    public sealed class Indicators(FollowUpWorld world) : IClassFixture<FollowUpWorld>
    {
        [Fact]
        public async Task An_indicators_report_is_told_of_when_it_is_set_a_week_before_and_when_it_is_late()
        {
            using var second = world.AnotherReplica();
            using var third = world.AnotherReplica();
            foreach (var replica in new[] { second, third }) (await replica.GetAsync("/health/live")).EnsureSuccessStatusCode();
            var agreement = world.InForce();
            await world.Tell(agreement);
            var plan = await world.Plan(agreement);
            var indicator = (await world.As(world.Officer).Create($"/follow-up/v1/plans/{plan}/indicators", Children))
                .Is(HttpStatusCode.Created).Id;
            Assert.Equal(["set 2026-H1 2026-06-30"], await Told(indicator));
            await Until(new DateOnly(2026, 6, 23), before: true);
            Assert.Single(await Told(indicator));
            await Until(new DateOnly(2026, 6, 23));
            await Eventually.Holds("soon", async () => (await Told(indicator)).Count == 2);
            await Until(new DateOnly(2026, 7, 1), before: true);
            Assert.Equal("soon 2026-H1 2026-06-30", (await Told(indicator))[^1]);
            await Until(new DateOnly(2026, 7, 1));
            await Eventually.Holds("overdue", async () => (await Told(indicator)).Count == 3);
            Assert.Equal("overdue 2026-H1 2026-06-30", (await Told(indicator))[^1]);

            // Reported at last: the next is due. Corrected: nothing new.
            await Reported(indicator, "2026-H1");
            await Reported(indicator, "2026-H1");
            Assert.Equal(["set 2026-H2 2026-12-31"], (await Told(indicator)).Skip(3));

            // Reported before its week: nobody is reminded.
            await Reported(indicator, "2026-H2");
            await Until(new DateOnly(2027, 1, 2));
            Assert.Equal(["set 2027-H1 2027-06-30"], (await Told(indicator)).Skip(4));

            // The agreement ends sooner: nothing more is to be reported; a timer that was set rings in vain.
            await world.Tell(new AgreementEnded
            {
                AgreementId = agreement.AgreementId, Sequence = 9, PartnershipId = agreement.PartnershipId, Title = "Vårsol",
                EndedOn = new DateOnly(2027, 1, 1), How = "ended",
            });
            await Until(new DateOnly(2027, 7, 2));
            Assert.Equal(["none  "], (await Told(indicator)).Skip(5));
            var said = (await world.Announced<IndicatorReportDue>()).Where(one => one.IndicatorId == indicator).ToList();
            Assert.Equal(said.Select(one => one.Sequence).Order(), said.Select(one => one.Sequence));
            Assert.Equal(agreement.PartnershipId, said[0].PartnershipId);
        }

        private async Task Reported(Guid indicator, string period) => (await world.As(world.Officer)
            .Create($"/follow-up/v1/indicators/{indicator}/reports", new { periodKey = period, value = "17" }))
            .Is(HttpStatusCode.Created);

        private async Task<List<string>> Told(Guid indicator) =>
            [.. (await world.Announced<IndicatorReportDue>()).Where(said => said.IndicatorId == indicator)
                .Select(said => $"{said.Stage} {said.PeriodKey} {said.DueOn?.ToString("O", null)}")];

        private async Task Until(DateOnly day, bool before = false)
        {
            world.Clock.SetTo(SwedishTime.StartOf(day).AddSeconds(before ? -1 : 0));
            await Task.Delay(TimeSpan.FromSeconds(1.5)); // what rings in vain has rung
        }
    }

    public sealed class Measurements(FollowUpWorld world) : IClassFixture<FollowUpWorld>
    {
        [Fact]
        public async Task A_period_that_is_over_is_asked_for_once_and_once_more_after_a_month()
        {
            using var second = world.AnotherReplica();
            (await second.GetAsync("/health/live")).EnsureSuccessStatusCode();
            var contract = world.Contract() with { Periods = [Period("1", 4, 30), Period("2", 8, 31), Period("3", 12, 31)] };
            await world.Tell(contract);
            await Until(new DateOnly(2026, 5, 1), before: true);
            Assert.Empty(await Told(contract.ContractId));
            await Until(new DateOnly(2026, 5, 1));
            await Eventually.Holds("due", async () => (await Told(contract.ContractId)).Count == 1);
            await Until(new DateOnly(2026, 5, 31));
            await Eventually.Holds("overdue", async () => (await Told(contract.ContractId)).Count == 2);
            Assert.Equal(["due 1", "overdue 1"], await Told(contract.ContractId));
            var said = (await world.Announced<MeasurementDue>()).First(one => one.ContractId == contract.ContractId);
            Assert.Equal(new[] { world.Municipality, world.Fund }.Order(), said.Organisations.Order()); // payer and payee

            // Reported: not asked for any more.
            (await world.Measure(contract.ContractId, FollowUpWorld.Report(period: "1"))).Is(HttpStatusCode.Created);
            await Until(new DateOnly(2026, 9, 1));
            await Eventually.Holds("the next", async () => (await Told(contract.ContractId)).Contains("due 2"));
            Assert.Equal(["due 2"], (await Told(contract.ContractId)).Skip(2));

            await world.Tell(new OutcomeContractEnded
            {
                ContractId = contract.ContractId, Sequence = 20, Title = contract.Title, EndedOn = new DateOnly(2026, 9, 1),
            });
            Assert.Equal(["none 2"], (await Told(contract.ContractId)).Skip(3));
            await Until(new DateOnly(2027, 2, 2));
            Assert.Equal(4, (await Told(contract.ContractId)).Count);
        }

        private async Task<List<string>> Told(Guid contract) =>
            [.. (await world.Announced<MeasurementDue>()).Where(said => said.ContractId == contract)
                .Select(said => $"{said.Stage} {said.PeriodKey}")];

        private async Task Until(DateOnly day, bool before = false)
        {
            world.Clock.SetTo(SwedishTime.StartOf(day).AddSeconds(before ? -1 : 0));
            await Task.Delay(TimeSpan.FromSeconds(1.5));
        }

        private static OutcomeContractSignedPeriod Period(string key, int month, int day) => new()
        {
            Key = key, From = new DateOnly(2026, month, 1).AddMonths(-3), To = new DateOnly(2026, month, day),
            Final = month == 12,
        };
    }
}
