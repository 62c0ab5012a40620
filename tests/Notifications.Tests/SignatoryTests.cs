using Iop.Contracts.Agreements;
using Iop.Contracts.Identity;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Notifications.Tests;

/// <summary>A party without anybody who can sign is asked to name a signatory, until there is one.</summary>
public sealed class SignatoryTests(MailWorld world) : IClassFixture<MailWorld>
{
    private const string Kind = "name-signatory";
    private readonly Guid _organisation = Guid.NewGuid();

    [Fact]
    public async Task When_the_last_signatory_goes_the_administrator_is_asked_and_no_more_when_there_is_another()
    {
        var (admin, first, second) = await Party();
        await world.Tell(first.Changed(2));
        Assert.DoesNotContain(Kind, await Asked(admin)); // the other is left
        await world.Tell(second.Changed(2, Roles.Reader));
        Assert.Contains(Kind, await Asked(admin));
        await world.Later(TimeSpan.FromMinutes(1));
        Assert.Equal("Ingen hos er kan längre skriva under. Utse en firmatecknare.",
            Assert.Single(world.Server.For(admin.Email)).Subject);
        await world.Tell(second.Changed(3, Roles.Signatory));
        Assert.DoesNotContain(Kind, await Asked(admin));
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.Tell(second.Changed(4, Roles.Reader)); // again
        Assert.Contains(Kind, await Asked(admin));
    }

    [Fact]
    public async Task Named_before_the_mail_leaves_nobody_gets_it()
    {
        var (admin, first, second) = await Party();
        await world.Tell(first.Changed(2));
        await world.Tell(second.Changed(2));
        await world.Tell(second.Changed(3, Roles.Signatory));
        await world.Later(TimeSpan.FromMinutes(1));
        Assert.Empty(world.Server.For(admin.Email));
    }

    [Theory]
    [InlineData(false)] // of no partnership
    [InlineData(true)] // has left the only one
    public async Task Whoever_is_no_party_is_not_asked(bool hasLeft)
    {
        var admin = await world.Member(_organisation, Roles.Admin, "Birgitta");
        var signatory = await world.Member(_organisation, Roles.Signatory, "Sara");
        if (hasLeft)
        {
            await world.Tell(Joined());
            await world.Tell(new PartyLeftPartnership
            {
                PartnershipId = _organisation, Sequence = 2, PartnershipTitle = "Vårsol", PartyId = _organisation,
                OrganisationId = _organisation, LeftOn = new DateOnly(2026, 3, 1),
            });
        }
        await world.Tell(signatory.Changed(2));
        Assert.DoesNotContain(Kind, await Asked(admin));
    }

    private async Task<(Person Admin, Person First, Person Second)> Party()
    {
        var admin = await world.Member(_organisation, Roles.Admin, "Birgitta");
        var first = await world.Member(_organisation, Roles.Signatory, "Sara");
        var second = await world.Member(_organisation, Roles.Signatory, "Sten");
        await world.Tell(Joined());
        return (admin, first, second);
    }

    private PartyJoinedPartnership Joined() => new()
    {
        PartnershipId = _organisation, Sequence = 1, PartnershipTitle = "Vårsol", PartyId = _organisation,
        OrganisationId = _organisation, Kind = "idea-driven",
    };

    private async Task<IReadOnlyList<string>> Asked(Person person) =>
        [.. (await world.Tasks(world.As(person.Caller(Roles.Admin)))).Select(line => line.GetProperty("kind").GetString()!)];
}
