using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Notifications.Tests;

public sealed class AmendmentTests(NotificationsWorld world) : IClassFixture<NotificationsWorld>
{
    [Fact]
    public async Task All_who_are_party_before_or_after_sign_an_amendment_and_hear_when_it_holds()
    {
        var story = new OutcomeStory();
        var joining = Guid.NewGuid();
        await world.Tell(story.Opened());
        await world.Tell(new OutcomeContractAmendmentOpened
        {
            ContractId = story.Contract, Sequence = 7, Number = 2, Title = "Norrköping", VersionHash = "d",
            HoldsFrom = new DateOnly(2027, 1, 1),
            Parties =
            [
                new() { OrganisationId = story.Payer, Name = "Kommunen", Role = "payer" },
                new() { OrganisationId = story.Payee, Name = "Bolaget", Role = "payee" },
                new() { OrganisationId = joining, Name = "Regionen", Role = "payer" },
                new() { OrganisationId = story.Verifier, Name = "Universitetet", Role = "verifier" },
            ],
        });
        foreach (var party in new[] { story.Payer, joining, story.Verifier })
            Assert.Contains("sign-amendment", await world.Inbox(party, Roles.Signatory));
        await world.Tell(new OutcomeContractAmended
        {
            ContractId = story.Contract, Sequence = 8, Number = 2, Title = "Norrköping", VersionHash = "d",
            HoldsFrom = new DateOnly(2027, 1, 1), Measures = [], Periods = [],
            Parties =
            [
                new() { OrganisationId = story.Payer, Name = "Kommunen", Role = "payer" },
                new() { OrganisationId = joining, Name = "Regionen", Role = "payer" },
            ],
        });
        Assert.DoesNotContain("sign-amendment", await world.Inbox(story.Verifier, Roles.Signatory));
        var lines = await world.Lines(joining, Roles.Reader);
        Assert.Contains("Alla har skrivit under tilläggsavtalet till ”Norrköping”. Det gäller från 1 januari 2027.",
            lines.Select(line => line.GetProperty("text").GetString()?.Replace('\u00A0', ' ')));
    }
}
