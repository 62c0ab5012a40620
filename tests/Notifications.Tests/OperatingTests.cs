using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Notifications.Tests;

/// <summary>What is for all of an organisation is not for those who only operate the platform.</summary>
public sealed class OperatingTests(MailWorld world) : IClassFixture<MailWorld>
{
    [Fact]
    public async Task Whoever_only_operates_the_platform_hears_nothing_of_partnerships()
    {
        var organisation = Guid.NewGuid();
        var hears = await world.Member(organisation, Roles.Reader, "Anna");
        var operates = await world.Member(organisation, Roles.Operator, "Olle");
        await world.Tell(new PartyJoinedPartnership
        {
            PartnershipId = Guid.NewGuid(), Sequence = 1, PartnershipTitle = "Trygg i Enköping", PartyId = Guid.NewGuid(),
            OrganisationId = organisation, Kind = "idea-driven",
        });
        await world.Later(TimeSpan.FromDays(1));
        Assert.Single(world.Server.For(hears.Email));
        Assert.Empty(world.Server.For(operates.Email));
        Assert.NotEmpty(await world.Lines(organisation, Roles.Reader));
        Assert.Empty(await world.Lines(organisation, Roles.Operator));
    }
}
