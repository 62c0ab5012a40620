extern alias notifications;

using Iop.Contracts.Agreements;
using Iop.TestKit;

namespace Iop.Contracts.Tests;

public sealed class NotificationsHost(Servers servers) : ServiceHost<notifications::Program>(servers, "notifications");

public sealed class NotificationsApi(NotificationsHost host)
    : ApiPromises<notifications::Program>(host, "notifications"), IClassFixture<NotificationsHost>
{
    private const string Inbox = "/notifications/v1/inbox";

    protected override async Task<IReadOnlyDictionary<string, Guid>> AnothersThings()
    {
        await TellOfOwnersOrganisation();
        await Host.Tell(new PartyJoinedPartnership
        {
            PartnershipId = Guid.NewGuid(),
            Sequence = 1,
            PartnershipTitle = "Vårsol",
            PartyId = Guid.NewGuid(),
            OrganisationId = OwnersOrganisation,
            Kind = "public",
        });
        var line = (await Owner.Get(Inbox)).Body.GetProperty("items")[0].GetProperty("id").GetGuid();
        return new Dictionary<string, Guid>(StringComparer.Ordinal) { [Inbox] = line };
    }
}
