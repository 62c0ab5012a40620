using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Notifications.Tests;

/// <summary>Who hears of an agreement that is taken over from paper, until all have given their word.</summary>
public sealed class PaperRoundTests(NotificationsWorld world) : IClassFixture<NotificationsWorld>
{
    private const string Asks = "confirm-paper";
    private readonly Guid _partnership = Guid.NewGuid();
    private readonly Guid _agreement = Guid.NewGuid();
    private readonly Guid _city = Guid.NewGuid();
    private readonly Guid _school = Guid.NewGuid();
    private readonly Guid _care = Guid.NewGuid();
    private readonly Guid _association = Guid.NewGuid();

    [Fact]
    public async Task Each_party_is_asked_until_it_has_answered_and_anew_when_the_text_is_changed()
    {
        await world.Tell(new PartyJoinedPartnership
        {
            PartnershipId = _partnership, Sequence = 1, PartnershipTitle = "Trygg", PartyId = Party(_association, null),
            OrganisationId = _association, Kind = "idea-driven",
        });
        await world.Tell(Ready(2, (_city, _school), (_city, _care), (_association, null)));
        Assert.Contains(Asks, await world.Inbox(_association, Roles.Signatory));
        Assert.Contains(Asks, await world.Inbox(_city, Roles.Officer, _school));
        Assert.DoesNotContain(Asks, await world.Inbox(_association, Roles.Legal));
        var line = (await world.Lines(_association, Roles.Officer)).Single(one => one.GetProperty("kind").GetString() == Asks);
        Assert.Equal((true, $"/avtal/{_agreement}/papper"),
            (line.GetProperty("mustAct").GetBoolean(), line.GetProperty("path").GetString()));

        await world.Tell(Answered(3, _city, _school));
        Assert.DoesNotContain(Asks, await world.Inbox(_city, Roles.Officer, _school));
        Assert.Contains(Asks, await world.Inbox(_city, Roles.Officer, _care));
        Assert.Contains("paper-confirmed", await world.Inbox(_association, Roles.Officer));

        await world.Tell(Ready(4, (_city, _school), (_city, _care), (_association, null)));
        Assert.Contains(Asks, await world.Inbox(_city, Roles.Officer, _school));
        Assert.Single(await world.Inbox(_association, Roles.Signatory), kind => kind == Asks);
    }

    [Fact]
    public async Task Nobody_is_asked_late_for_what_is_answered_or_no_longer_asked_for()
    {
        await world.Tell(Answered(3, _association, null));
        await world.Tell(Ready(2, (_city, null), (_association, null)));
        Assert.DoesNotContain(Asks, await world.Inbox(_association, Roles.Officer));
        Assert.Contains(Asks, await world.Inbox(_city, Roles.Officer));
        await world.Tell(new AgreementWithdrawn
        {
            AgreementId = _agreement, Sequence = 2, PartnershipId = _partnership, Title = "Kvinnojour", Reason = "Fel papper.",
        });
        Assert.DoesNotContain(Asks, await world.Inbox(_city, Roles.Officer));
    }

    private PaperAgreementReady Ready(long sequence, params (Guid Organisation, Guid? Unit)[] parties) => new()
    {
        AgreementId = _agreement, Sequence = sequence, PartnershipId = _partnership, Title = "Kvinnojour",
        Parties =
        [
            .. parties.Select(party => new PaperAgreementReady.Asked
            {
                PartyId = Party(party.Organisation, party.Unit), OrganisationId = party.Organisation, UnitId = party.Unit,
            }),
        ],
    };

    private PaperAgreementAnswered Answered(long sequence, Guid organisation, Guid? unit) => new()
    {
        AnswerId = Guid.NewGuid(), Sequence = 1, AgreementId = _agreement, PartnershipId = _partnership, Title = "Kvinnojour",
        OrganisationId = organisation, PartyId = Party(organisation, unit), PaperSequence = sequence, Confirms = true,
        Reason = null, ConfirmationsMissing = 1,
    };

    /// <summary>A party's id: here it is enough that each has one.</summary>
    private static Guid Party(Guid organisation, Guid? unit) => unit ?? organisation;
}
