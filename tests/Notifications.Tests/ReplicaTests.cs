using System.Net;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Notifications.Tests;

/// <summary>Three replicas with everything that works by itself in them: one line, one mail, one morning's mail and one call of
/// each webhook.</summary>
public sealed class ReplicaTests(ReplicaTests.World world) : IClassFixture<ReplicaTests.World>
{
    private const int People = 4;

    [Fact]
    public async Task Three_replicas_say_everything_once()
    {
        using var second = world.AnotherReplica();
        using var third = world.AnotherReplica();
        foreach (var replica in new[] { second, third }) (await replica.GetAsync("/health/live")).EnsureSuccessStatusCode();
        var organisation = Guid.NewGuid();
        await world.Webhook(organisation);
        var lawyers = new List<Person>();
        while (lawyers.Count < People) lawyers.Add(await Lawyer(organisation));
        var story = Partnership(organisation);
        await world.Tell(story.Joined);

        // Each fact three times, all at once: as new messages, and the same message again.
        var asked = Enumerable.Range(1, 5).Select(number => story.Asked(number)).ToList();
        await Task.WhenAll(asked.SelectMany(fact => new[] { Say(fact), Say(fact) }));
        await Eventually.Holds("all are asked", async () => await Lines(organisation) == asked.Count + 1);

        // Nothing is under way when the clock is moved: what is, would seem to have taken too long.
        await Eventually.Holds("all calls are there", () => Task.FromResult(world.Receiver.At("/ok").Count >= asked.Count + 1));
        await Eventually.Holds("they are written down", async () => await Open("webhook_delivery") == 0);
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await Eventually.Holds("all mails are there", () => Task.FromResult(
            lawyers.TrueForAll(one => Mails(one).Count >= asked.Count)));
        await Eventually.Holds("they are written down", async () => await Open("mail") == 0);
        var today = world.Clock.Today();
        world.Clock.SetTo(SwedishTime.At(today.AddDays(1), new TimeOnly(7, 0)));
        await Eventually.Holds("the morning's mails", () => Task.FromResult(
            lawyers.TrueForAll(one => Mails(one).Count > asked.Count)));
        await Eventually.Holds("they are written down", async () => await Open("mail") == 0);
        await Task.Delay(TimeSpan.FromSeconds(3)); // a round more of each

        Assert.All(lawyers, one =>
        {
            Assert.Equal(asked.Count, Mails(one).Count(mail => mail.Body.Contains("/bedomning", StringComparison.Ordinal)));
            Assert.Single(Mails(one), mail => mail.Subject == "Nytt i era partnerskap");
            Assert.Equal(Mails(one).Count, Mails(one).Select(mail => mail.MessageId).Distinct(StringComparer.Ordinal).Count());
        });
        var calls = world.Receiver.At("/ok").Select(call => call.Headers["webhook-id"]).ToList();
        Assert.Equal((asked.Count + 1, asked.Count + 1), (calls.Count, calls.Distinct(StringComparer.Ordinal).Count()));
        Assert.Equal(asked.Count + 1, await Lines(organisation));
    }

    private async Task Say(AssessmentCompleted fact)
    {
        var id = await world.Publish(fact);
        await world.Publish(fact, id);
    }

    private Task<long> Lines(Guid organisation) =>
        world.Scalar<long>("SELECT count(*) FROM inbox_line WHERE organisation_id = $1", organisation);

    private Task<long> Open(string table) => world.Scalar<long>($"SELECT count(*) FROM {table} WHERE ended_at IS NULL");

    private IReadOnlyList<Received> Mails(Person person) => world.Server.For(person.Email);

    private async Task<Person> Lawyer(Guid organisation)
    {
        var id = Guid.NewGuid();
        var person = new Person(Guid.NewGuid(), id, organisation, null, "Karin", $"{id:N}@example.com", "sv");
        await world.Tell(person.Changed(1, Roles.Legal));
        return person;
    }

    private static (PartyJoinedPartnership Joined, Func<int, AssessmentCompleted> Asked) Partnership(Guid organisation)
    {
        var partnership = Guid.NewGuid();
        return (new PartyJoinedPartnership
        {
            PartnershipId = partnership, Sequence = 1, PartnershipTitle = "Trygg", PartyId = organisation,
            OrganisationId = organisation, Kind = "public",
        }, number => new AssessmentCompleted
        {
            AgreementId = Guid.NewGuid(), Sequence = 3, PartnershipId = partnership, Title = $"Avtal {number}",
            AssessedHash = "a",
            Approvers = [new() { OrganisationId = organisation }],
        });
    }

    /// <summary>A mail server, a webhook's receiver, and services that do their rounds by themselves.</summary>
    public sealed class World(Servers servers) : NotificationsWorld(servers)
    {
        public MailServer Server { get; } = new();

        public Receiver Receiver { get; } = new("127.0.0.1");

        public async Task Webhook(Guid organisation) => (await As(Callers.Of(organisation, Roles.Admin))
            .Create("/notifications/v1/webhooks", new { url = Receiver.Url + "/ok" })).Is(HttpStatusCode.Created);

        public override async ValueTask InitializeAsync()
        {
            await Server.Start();
            await Receiver.Start();
            await base.InitializeAsync();
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Server.DisposeAsync();
            await Receiver.DisposeAsync();
        }

        protected override IEnumerable<(string Key, string Value)> Settings =>
        [
            ("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{Server.Port}"), ("Mail:From", "iop@example.com"),
            ("Webhooks:InternalNetworks:0", "127.0.0.1/32"),
        ];
    }
}
