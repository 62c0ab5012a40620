using Iop.Contracts.Agreements;
using Iop.Contracts.FollowUp;
using Iop.Kernel;

namespace Iop.Notifications.Tests;

/// <summary>Of a deviation the other parties' officers hear once when it is raised, and once of what becomes of it.</summary>
public sealed class DeviationTests(NotificationsWorld world) : IClassFixture<NotificationsWorld>
{
    private readonly Guid _partnership = Guid.NewGuid();
    private readonly Guid _municipality = Guid.NewGuid();
    private readonly Guid _association = Guid.NewGuid();
    private readonly Guid _deviation = Guid.NewGuid();

    [Fact]
    public async Task The_others_officers_hear_once_that_it_is_raised_and_the_one_who_raised_it_does_not()
    {
        await BothHaveJoined();
        await world.Tell(Raised());
        await world.Tell(Raised()); // said twice
        Assert.Equal(1, await Heard(_municipality, Roles.Officer, "deviation-raised"));
        Assert.Equal(0, await Heard(_association, Roles.Officer, "deviation-raised"));
        Assert.Equal(0, await Heard(_municipality, Roles.Reader, "deviation-raised"));
    }

    [Theory]
    [InlineData("keep")]
    [InlineData("adjust-plan")]
    [InlineData("propose-renegotiation")]
    public async Task They_hear_what_was_decided(string decision)
    {
        await BothHaveJoined();
        await world.Tell(new DeviationDecided
        {
            DeviationId = _deviation, Sequence = 3, PartnershipId = _partnership, AgreementId = Guid.NewGuid(),
            Title = "Färre barn", OrganisationId = _municipality, Decision = decision,
        });
        Assert.Equal(1, await Heard(_association, Roles.Officer, $"deviation-decided-{decision}"));
        Assert.Equal(0, await Heard(_municipality, Roles.Officer, $"deviation-decided-{decision}"));
    }

    [Fact]
    public async Task They_hear_that_it_was_a_mistake_and_who_has_left_hears_nothing()
    {
        await BothHaveJoined();
        await world.Tell(Raised());
        await world.Tell(new PartyLeftPartnership
        {
            PartnershipId = _partnership, Sequence = 9, PartnershipTitle = "Vårsol", PartyId = _municipality,
            OrganisationId = _municipality, LeftOn = new DateOnly(2026, 3, 2),
        });
        await world.Tell(new DeviationWithdrawn
        {
            DeviationId = _deviation, Sequence = 2, PartnershipId = _partnership, AgreementId = Guid.NewGuid(),
            Title = "Färre barn", OrganisationId = _association,
        });
        Assert.Equal(0, await Heard(_municipality, Roles.Officer, "deviation-withdrawn"));
    }

    private async Task<int> Heard(Guid organisation, string role, string kind) =>
        (await world.Inbox(organisation, role)).Count(one => one == kind);

    private DeviationRaised Raised() => new()
    {
        DeviationId = _deviation, Sequence = 1, PartnershipId = _partnership, AgreementId = Guid.NewGuid(),
        Title = "Färre barn", OrganisationId = _association,
    };

    private async Task BothHaveJoined()
    {
        foreach (var (party, sequence) in new[] { (_municipality, 1L), (_association, 2L) })
            await world.Tell(new PartyJoinedPartnership
            {
                PartnershipId = _partnership, Sequence = sequence, PartnershipTitle = "Vårsol", PartyId = party,
                OrganisationId = party, Kind = "public",
            });
    }
}
