using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Notifications.Tests;

/// <summary>Who hears of disputes, of what is given up, and of what funders pay in.</summary>
public sealed class MoneyTests(NotificationsWorld world) : IClassFixture<NotificationsWorld>
{
    [Fact]
    public async Task Whoever_disputes_is_asked_how_it_ended_until_it_is_said()
    {
        var story = new OutcomeStory();
        await world.Tell(Disputed(story));
        Assert.Contains("Skriv hur tvisten slutade", (await MustAct(story.Payer)).Single());
        Assert.Contains("bestrider", (await Lines(story.Payee)).Single());
        await world.Tell(new ObligationDisputeResolved
        {
            ObligationId = story.Obligation, Sequence = 4, ContractId = story.Contract, ContractTitle = "Norrköping",
            PeriodKey = "2026H1", PayerOrganisationId = story.Payer, PayeeOrganisationId = story.Payee,
            AmountMinor = 540_000_000, Currency = "SEK", OrganisationId = story.Payer, Outcome = "Räknat om",
        });
        Assert.Empty(await MustAct(story.Payer));
        Assert.Contains(await Lines(story.Payee), line => line.Contains("Räknat om", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_written_off_awaits_nobody_and_the_other_side_hears_why()
    {
        var story = new OutcomeStory();
        await world.Tell(story.Claimed());
        Assert.Single(await MustAct(story.Payer));
        await world.Tell(new ObligationWrittenOff
        {
            ObligationId = story.Obligation, Sequence = 3, ContractId = story.Contract, ContractTitle = "Norrköping",
            PeriodKey = "2026H1", PayerOrganisationId = story.Payer, PayeeOrganisationId = story.Payee,
            AmountMinor = 540_000_000, Currency = "SEK", OrganisationId = story.Payee, Reason = "Går inte att driva in",
        });
        Assert.Empty(await MustAct(story.Payer));
        Assert.Contains(await Lines(story.Payer), line =>
            line.Contains("skrivit av 5\u00A0400\u00A0000\u00A0kr", StringComparison.Ordinal)
            && line.Contains("Går inte att driva in", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "har kommit")]
    [InlineData(false, "inte har kommit")]
    public async Task Who_receives_a_payment_in_says_whether_it_came_and_the_funder_hears(bool came, string says)
    {
        var (funder, receiver, contract, paidIn) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await world.Tell(new PaidInRecorded
        {
            PaidInId = paidIn, Sequence = 1, ContractId = contract, ContractTitle = "Norrköping", FunderOrganisationId = funder,
            ReceiverOrganisationId = receiver, AmountMinor = 300_000_000, Currency = "SEK", PaidOn = new DateOnly(2026, 1, 15),
        });
        Assert.Contains("3\u00A0000\u00A0000\u00A0kr", (await MustAct(receiver)).Single());
        Assert.Empty(await Lines(funder));
        await world.Tell(new PaidInAnswered
        {
            PaidInId = paidIn, Sequence = 2, ContractId = contract, ContractTitle = "Norrköping", FunderOrganisationId = funder,
            ReceiverOrganisationId = receiver, AmountMinor = 300_000_000, Currency = "SEK", PaidOn = new DateOnly(2026, 1, 15),
            Came = came,
        });
        Assert.Empty(await MustAct(receiver));
        Assert.Contains(says, (await Lines(funder)).Single());
    }

    private static ObligationDisputed Disputed(OutcomeStory story) => new()
    {
        ObligationId = story.Obligation, Sequence = 3, ContractId = story.Contract, ContractTitle = "Norrköping",
        PeriodKey = "2026H1", PayerOrganisationId = story.Payer, PayeeOrganisationId = story.Payee,
        AmountMinor = 540_000_000, Currency = "SEK", OrganisationId = story.Payer, Reason = "Fel underlag",
    };

    private async Task<IReadOnlyList<string>> MustAct(Guid organisation) => await Lines(organisation, mustAct: true);

    private async Task<IReadOnlyList<string>> Lines(Guid organisation, bool mustAct = false)
    {
        var inbox = await world.As(Callers.Of(organisation, Roles.Controller)).Get("/notifications/v1/inbox?limit=100");
        return [.. inbox.Is(System.Net.HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()
            .Where(line => !mustAct || line.GetProperty("mustAct").GetBoolean())
            .Select(line => line.GetProperty("text").GetString()!)];
    }
}
