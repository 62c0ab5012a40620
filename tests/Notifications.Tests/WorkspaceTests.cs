using Iop.Contracts.Agreements;
using Iop.Kernel;

namespace Iop.Notifications.Tests;

/// <summary>Who hears of the talk around the agreements.</summary>
public sealed class WorkspaceTests(NotificationsWorld world) : IClassFixture<NotificationsWorld>
{
    private readonly Guid _partnership = Guid.NewGuid();
    private readonly Guid _municipality = Guid.NewGuid();
    private readonly Guid _association = Guid.NewGuid();

    [Fact]
    public async Task The_others_hear_that_a_dialogue_ended_and_that_it_goes_on()
    {
        await BothHaveJoined();
        await world.Tell(new DialogueEnded
        {
            PartnershipId = _partnership, Sequence = 3, PartnershipTitle = "Vårsol", Outcome = "other-form",
            Form = "operating-grant",
            Reason = "Ett bidrag räcker.", OrganisationId = _municipality,
        });
        Assert.Contains("dialogue-other-form", await world.Inbox(_association, Roles.Officer));
        Assert.DoesNotContain("dialogue-other-form", await world.Inbox(_municipality, Roles.Officer));
        await world.Tell(new DialogueReopened
        {
            PartnershipId = _partnership, Sequence = 4, PartnershipTitle = "Vårsol", Reason = "Bidraget drogs in.",
            OrganisationId = _association,
        });
        Assert.Contains("dialogue-reopened", await world.Inbox(_municipality, Roles.Officer));
    }

    [Theory]
    [InlineData("commented", "section-commented")]
    [InlineData("replied", "section-replied")]
    [InlineData("resolved", "section-resolved")]
    public async Task Only_those_a_comment_is_meant_for_hear_of_it(string act, string kind)
    {
        await BothHaveJoined();
        await world.Tell(Said(act, _association));
        Assert.Contains(kind, await world.Inbox(_association, Roles.Officer));
        Assert.DoesNotContain(kind, await world.Inbox(_municipality, Roles.Officer));
        Assert.DoesNotContain(kind, await world.Inbox(_association, Roles.Reader));
    }

    [Fact]
    public async Task Nobody_hears_of_what_is_said_to_nobody()
    {
        await BothHaveJoined();
        await world.Tell(Said("commented"));
        Assert.DoesNotContain("section-commented", await world.Inbox(_association, Roles.Officer));
    }

    private SectionCommented Said(string act, params Guid[] hearers) => new()
    {
        ThreadId = Guid.NewGuid(), Sequence = 1, PartnershipId = _partnership, AgreementId = Guid.NewGuid(), Title = "Vårsol",
        SectionKey = "goals", Act = act, OrganisationId = _municipality, Hearers = hearers,
    };

    private async Task BothHaveJoined()
    {
        foreach (var (organisation, kind, sequence) in new[] { (_municipality, "public", 1), (_association, "idea-driven", 2) })
        {
            await world.Tell(new PartyJoinedPartnership
            {
                PartnershipId = _partnership, Sequence = sequence, PartnershipTitle = "Vårsol", PartyId = Guid.NewGuid(),
                OrganisationId = organisation, Kind = kind,
            });
        }
    }
}
