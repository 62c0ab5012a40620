using Iop.Contracts.Agreements;
using Iop.Kernel;

namespace Iop.Notifications.Tests;

/// <summary>Parties join a partnership, and the facts of it come in any order: each hears of those who came after,
/// once.</summary>
public sealed class JoiningTests(NotificationsWorld world) : IClassFixture<NotificationsWorld>
{
    public static TheoryData<string> Orders => ["012", "021", "102", "120", "201", "210", "210012"];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Each_party_hears_once_of_those_who_joined_after_it_in_whatever_order_the_facts_come(string order)
    {
        var joined = Joined(3);
        foreach (var index in order) await world.Tell(joined[index - '0']);
        for (var index = 0; index < joined.Count; index++)
        {
            var inbox = await world.Inbox(joined[index].OrganisationId, Roles.Reader);
            Assert.Equal(joined.Count - 1 - index, inbox.Count(kind => kind == "party-joined"));
            Assert.Single(inbox, kind => kind == "you-joined");
        }
    }

    [Fact]
    public async Task Facts_that_come_all_at_once_lose_nobody()
    {
        var joined = Joined(6);
        var told = await Task.WhenAll(joined.Select(fact => world.Tell(fact)));
        Assert.Equal(joined.Count, told.Length);
        for (var index = 0; index < joined.Count; index++)
        {
            var inbox = await world.Inbox(joined[index].OrganisationId, Roles.Reader);
            Assert.Equal(joined.Count - 1 - index, inbox.Count(kind => kind == "party-joined"));
        }
    }

    private static List<PartyJoinedPartnership> Joined(int parties)
    {
        var partnership = Guid.NewGuid();
        return
        [
            .. Enumerable.Range(1, parties).Select(sequence => new PartyJoinedPartnership
            {
                PartnershipId = partnership, Sequence = sequence, PartnershipTitle = "Trygg i Enköping", PartyId = Guid.NewGuid(),
                OrganisationId = Guid.NewGuid(), Kind = "idea-driven",
            }),
        ];
    }
}
