using System.Net;
using Iop.Contracts;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;
using RabbitMQ.Client;

namespace Iop.Notifications.Tests;

/// <summary>What waits and what has failed is shown to the operator, without a word of what it is about; and sent
/// again.</summary>
public sealed class OperatingPageTests(NotificationsWorld world) : IClassFixture<NotificationsWorld>
{
    private const string Root = "/notifications/v1/operating";
    private const string Queue = "notifications.tell-when-party-joined-partnership";

    [Fact]
    public async Task Every_queue_is_counted()
    {
        var shown = (await Operator().Get(Root + "/queues")).Is(HttpStatusCode.OK).Body;
        Assert.Equal(Topology.Subscriptions.Count, shown.GetProperty("items").GetArrayLength());
        Assert.Equal(3, shown.GetProperty("pauses").GetArrayLength());
        Assert.Matches(@"^\d+\.\d+", shown.GetProperty("broker").GetString());
        Assert.All(shown.GetProperty("items").EnumerateArray().Where(one =>
            one.GetProperty("name").GetString()!.StartsWith("notifications.", StringComparison.Ordinal)),
            one => Assert.True(one.GetProperty("listeners").GetInt64() > 0 && !one.GetProperty("isMissing").GetBoolean(),
                one.ToString()));
        // In this test's broker the other services' queues have not been declared: that is told, and stops nothing.
        Assert.Contains(shown.GetProperty("items").EnumerateArray(), one => one.GetProperty("isMissing").GetBoolean());
    }

    [Fact]
    public async Task A_failed_message_is_shown_without_its_words_and_has_its_effect_when_sent_again()
    {
        var (organisation, id) = (Guid.NewGuid(), Guid.NewGuid());
        await Fail(id, organisation);
        await Fail(Guid.NewGuid(), Guid.NewGuid()); // another, which stays
        var listed = (await Operator().Get($"{Root}/queues/{Queue}/failed")).Is(HttpStatusCode.OK);
        var one = listed.Body.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("id").GetGuid() == id);
        Assert.Equal(("PartyJoinedPartnership", "NpgsqlException"),
            (one.GetProperty("message").GetString(), one.GetProperty("fault").GetString()));
        Assert.DoesNotContain("hemligt", listed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(organisation.ToString(), listed.Text, StringComparison.Ordinal);
        Assert.Equal(2u, await Eventual(2));
        (await Operator().Act($"{Root}/queues/{Queue}/failed/{id}/replay", null)).Is(HttpStatusCode.OK);
        await Eventually.Holds("it has its effect", async () =>
            (await world.Inbox(organisation, Roles.Officer)).Contains("you-joined"));
        Assert.Equal(1u, await Eventual(1));
        (await Operator().Act($"{Root}/queues/{Queue}/failed/{id}/replay", null)).Is(HttpStatusCode.NotFound);
        // Asked for twice, done once.
        Assert.Equal((2, 1), (await Noted(id, $"asked to replay message {Queue}"), await Noted(id, $"replayed message {Queue}")));
    }

    /// <summary>On a queue of another service that nobody listens to here: what is sent again lies there to be counted.</summary>
    [Fact]
    public async Task All_that_failed_in_a_queue_is_sent_again_a_thousand_at_a_time()
    {
        const string Other = "follow-up.open-plan-when-agreement-enters-into-force";
        Assert.Contains(Topology.Subscriptions, one => one.Queue == Other);
        await using var connection = await new ConnectionFactory { Uri = world.Broker.Uri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var queue in new[] { Other, Other + "_error" })
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
        var body = new byte[] { 1 };
        for (var number = 0; number < 1_003; number++)
        {
            await channel.BasicPublishAsync("", Other + "_error", mandatory: true,
                new BasicProperties { MessageId = number == 0 ? "not a uuid" : Guid.NewGuid().ToString() }, body);
        }
        await Eventually.Holds("all have failed", async () => await world.Broker.ReadyInAsync(Other + "_error") == 1_003);
        var by = Callers.Of(Guid.NewGuid(), Roles.Operator);
        var path = $"{Root}/queues/{Other}/failed/replay";
        var first = (await world.As(by).Act(path, null)).Is(HttpStatusCode.OK).Body;
        Assert.Equal((1_000, 3), (first.GetProperty("sent").GetInt32(), first.GetProperty("left").GetInt32()));
        var second = (await world.As(by).Act(path, null)).Is(HttpStatusCode.OK).Body;
        Assert.Equal((3, 0), (second.GetProperty("sent").GetInt32(), second.GetProperty("left").GetInt32()));
        await Eventually.Holds("they are where they failed", async () => await world.Broker.ReadyInAsync(Other) == 1_003);
        Assert.Equal([$"asked to replay all {Other}", $"asked to replay all {Other}", $"replayed 1000 messages {Other}",
            $"replayed 3 messages {Other}"], (await world.As(by).Get("/notifications/v1/audit-trail?operation=ReplayQueue"))
            .Body.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("changes")[0].GetString())
            .Order(StringComparer.Ordinal));
        (await world.As(Callers.Of(Guid.NewGuid(), Roles.Admin)).Act(path, null)).Is(HttpStatusCode.Forbidden);
        (await world.As(by).Act($"{Root}/queues/somebody-elses/failed/replay", null)).Is(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("not a uuid")]
    [InlineData(null)]
    public async Task A_failed_message_without_a_uuid_of_its_own_is_told_from_others_and_sent_again_by_itself(string? sendersId)
    {
        const string Other = "follow-up.keep-guest-when-it-changes";
        Assert.Contains(Topology.Subscriptions, one => one.Queue == Other);
        await using var connection = await new ConnectionFactory { Uri = world.Broker.Uri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var queue in new[] { Other, Other + "_error" })
        {
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
            await channel.QueuePurgeAsync(queue);
        }
        foreach (var word in new byte[] { 1, 2, 3 })
        {
            var properties = new BasicProperties();
            if (sendersId is not null) properties.MessageId = sendersId;
            await channel.BasicPublishAsync("", Other + "_error", mandatory: true, properties, new[] { word });
        }
        await Eventually.Holds("all have failed", async () => await world.Broker.ReadyInAsync(Other + "_error") == 3);
        var failed = await Failed();
        Assert.Equal(3, failed.Distinct().Count());
        (await Operator().Act($"{Root}/queues/{Other}/failed/{Guid.Empty}/replay", null)).Is(HttpStatusCode.NotFound);
        (await Operator().Act($"{Root}/queues/{Other}/failed/{failed[1]}/replay", null)).Is(HttpStatusCode.OK);
        await Eventually.Holds("it is where it failed", async () => await world.Broker.ReadyInAsync(Other) == 1);
        var sent = Assert.IsType<BasicGetResult>(await channel.BasicGetAsync(Other, autoAck: true));
        Assert.Equal((2, sendersId), (sent.Body.Span[0], sent.BasicProperties.MessageId));
        Assert.Equal([failed[0], failed[2]], await Failed());

        async Task<List<Guid>> Failed()
        {
            var items = (await Operator().Get($"{Root}/queues/{Other}/failed")).Is(HttpStatusCode.OK).Body.GetProperty("items");
            return [.. items.EnumerateArray().Select(one => one.GetProperty("id").GetGuid())];
        }
    }

    [Fact]
    public async Task Only_the_operator_sees_and_acts()
    {
        var admin = world.As(Callers.Of(Guid.NewGuid(), [.. Roles.All.Except([Roles.Operator])]));
        foreach (var path in new[] { "/queues", $"/queues/{Queue}/failed", "/unsent" })
            (await admin.Get(Root + path)).Is(HttpStatusCode.Forbidden);
        (await admin.Act($"{Root}/queues/{Queue}/failed/{Guid.NewGuid()}/replay", null)).Is(HttpStatusCode.Forbidden);
        (await admin.Act($"{Root}/mails/{Guid.NewGuid()}/again", null)).Is(HttpStatusCode.NotFound);
        (await admin.Get("/notifications/v1/operation")).Is(HttpStatusCode.Forbidden);
        (await Operator().Get($"{Root}/queues/somebody-elses/failed")).Is(HttpStatusCode.NotFound);
        (await Operator().Act($"{Root}/mails/{Guid.NewGuid()}/again", null)).Is(HttpStatusCode.NotFound);
        (await Operator().Act($"{Root}/webhook-deliveries/{Guid.NewGuid()}/again", null)).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_refused_mail_is_shown_without_an_address_and_tried_again()
    {
        var (mail, organisation, person) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await world.Named(organisation, "Föreningen Vårsol");
        await world.Scalar<object>("""
            INSERT INTO mail (mail_id, person_id, organisation_id, day, since, until, created_at, due_at, attempts, ended_at, outcome, trouble)
            VALUES ($1, $2, $3, '2026-03-01', now(), now(), now(), now(), 1, now(), 'refused', '550') RETURNING 1
            """, mail, person, organisation);
        var shown = (await Operator().Get(Root + "/unsent?limit=100")).Is(HttpStatusCode.OK);
        var one = shown.Body.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("id").GetGuid() == mail);
        Assert.Equal(("Föreningen Vårsol", "refused", "550"), (one.GetProperty("organisation").GetString(),
            one.GetProperty("state").GetString(), one.GetProperty("trouble").GetString()));
        Assert.DoesNotContain(person.ToString(), shown.Text, StringComparison.Ordinal);
        (await Operator().Act($"{Root}/mails/{mail}/again", null)).Is(HttpStatusCode.OK);
        Assert.Equal(0, await world.Scalar<int>("SELECT attempts FROM mail WHERE mail_id = $1 AND ended_at IS NULL", mail));
    }

    [Fact]
    public async Task A_refused_address_is_known_to_the_administrator_until_a_mail_is_taken()
    {
        var (organisation, person, other) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var (at, day) = (world.Clock.GetUtcNow(), 0);
        await Ended(person, "refused", at);
        await Ended(person, "refused", at.AddDays(1));
        await Ended(other, "refused", at);
        await Ended(other, "sent", at.AddHours(1));
        const string Path = "/notifications/v1/refused-addresses";
        var one = Assert.Single((await world.As(Callers.Of(organisation, Roles.Admin)).Get(Path)).Is(HttpStatusCode.OK).Body
            .GetProperty("items").EnumerateArray());
        Assert.Equal((person, at), (one.GetProperty("personId").GetGuid(), one.GetProperty("since").GetDateTimeOffset()));
        await Ended(person, "sent", at.AddDays(2));
        foreach (var asking in new[] { organisation, Guid.NewGuid() })
        {
            Assert.Equal(0, (await world.As(Callers.Of(asking, Roles.Admin)).Get(Path)).Body.GetProperty("items")
                .GetArrayLength());
        }
        (await world.As(Callers.Of(organisation, Roles.Officer)).Get(Path)).Is(HttpStatusCode.Forbidden);

        Task Ended(Guid who, string outcome, DateTimeOffset when) => world.Scalar<object>("""
            INSERT INTO mail (mail_id, person_id, organisation_id, day, since, until, created_at, due_at, ended_at, outcome)
            VALUES (gen_random_uuid(), $1, $2, '2025-01-01'::date + $5, $3, $3, $3, $3, $3, $4) RETURNING 1
            """, who, organisation, when, outcome, day++);
    }

    [Fact]
    public async Task What_failed_is_paged_and_counted_whole()
    {
        var (organisation, now) = (Guid.NewGuid(), world.Clock.GetUtcNow());
        var before = (await Operator().Get(Root + "/unsent")).Body.GetProperty("ended").GetInt64();
        await world.Scalar<object>("""
            WITH made AS (INSERT INTO mail (mail_id, person_id, organisation_id, day, since, until, created_at, due_at, attempts,
              ended_at, outcome) SELECT gen_random_uuid(), gen_random_uuid(), $1, '2026-03-01', $2, $2,
              $2::timestamptz + interval '1 second' * (n / 2), $2, 1, $2, 'refused' FROM generate_series(1, 45) AS n RETURNING 1)
            SELECT count(*) FROM made
            """, organisation, now.AddYears(1)); // newer than what other tests leave
        var (met, path) = (new List<Guid>(), Root + "/unsent?limit=20");
        for (var pages = 0; pages < 3; pages++)
        {
            var page = (await Operator().Get(path)).Is(HttpStatusCode.OK);
            Assert.Equal(before + 45, page.Body.GetProperty("ended").GetInt64());
            met.AddRange(page.Body.GetProperty("items").EnumerateArray().Where(one =>
                one.GetProperty("organisationId").GetGuid() == organisation).Select(one => one.GetProperty("id").GetGuid()));
            Assert.Equal(page.Body.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetGuid()),
                (await Operator().Get($"{Root}/unsent?limit=20&page={pages + 1}")).Body.GetProperty("items").EnumerateArray()
                    .Select(one => one.GetProperty("id").GetGuid()));
            if (!page.Message.Headers.TryGetValues("Link", out var links)) break;
            path = links.Single().Split('<', '>')[1];
        }
        Assert.Equal(45, met.Distinct().Count());
        Assert.Equal(45, met.Count);
    }

    [Fact]
    public async Task The_service_tells_what_waits_to_be_told()
    {
        var shown = (await Operator().Get("/notifications/v1/operation")).Is(HttpStatusCode.OK).Body;
        Assert.Equal("notifications", shown.GetProperty("service").GetString());
        Assert.Equal(0, shown.GetProperty("outboxWaiting").GetInt64());
        // Its own version, not that of Platform, which says nothing of a commit.
        Assert.Matches(@"^1\.0\.0\+([0-9a-f]{40}|unknown)$", shown.GetProperty("version").GetString());
        Assert.Equal(world.Clock.GetUtcNow(), shown.GetProperty("at").GetDateTimeOffset());
        Assert.Equal(await world.Scalar<string>("SHOW server_version"), shown.GetProperty("database").GetString());
        var since = world.Clock.GetUtcNow().AddMinutes(-5);
        await world.Scalar<object>("""
            INSERT INTO timer (timer_id, kind, subject_id, due_at, attempts, done_at)
            VALUES (gen_random_uuid(), 'a-kind', gen_random_uuid(), $1, 3, NULL), (gen_random_uuid(), 'a-kind', gen_random_uuid(), $1, 0, $1)
            RETURNING 1
            """, since);
        var timer = (await Operator().Get("/notifications/v1/operation")).Body.GetProperty("timers").EnumerateArray().Single();
        Assert.Equal(since, timer.GetProperty("dueSince").GetDateTimeOffset());
        Assert.Equal(("a-kind", 1, 1, 1), (timer.GetProperty("kind").GetString(), timer.GetProperty("waiting").GetInt64(),
            timer.GetProperty("due").GetInt64(), timer.GetProperty("failing").GetInt64()));
        Assert.Equal(since, timer.GetProperty("lastRangAt").GetDateTimeOffset());
    }

    private Task<long> Noted(Guid subject, string what) => world.Scalar<long>(
        "SELECT count(*) FROM audit_trail WHERE subject_id = $1 AND changes ->> 0 = $2", subject, what);

    private CallerClient Operator() => world.As(Callers.Of(Guid.NewGuid(), Roles.Operator));

    private async Task<uint> Eventual(uint wanted)
    {
        await Eventually.Holds($"{wanted} in the error queue", async () =>
            await world.Broker.ReadyInAsync(Queue + "_error") == wanted);
        return wanted;
    }

    /// <summary>Puts a message where it lies after its last attempt, as it lies there.</summary>
    private async Task Fail(Guid id, Guid organisation)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new
        {
            messageId = id, messageType = new[] { "urn:message:iop:agreements:party-joined-partnership:v1" },
            message = new PartyJoinedPartnership
            {
                PartnershipId = Guid.NewGuid(), Sequence = 1, PartnershipTitle = "hemligt", PartyId = Guid.NewGuid(),
                OrganisationId = organisation, Kind = "public",
            },
        }, System.Text.Json.JsonSerializerOptions.Web);
        await using var connection = await new ConnectionFactory { Uri = world.Broker.Uri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicPublishAsync("", Queue + "_error", mandatory: true, new BasicProperties
        {
            MessageId = id.ToString(), ContentType = "application/vnd.masstransit+json", Persistent = true,
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["iop-attempt"] = 3, ["MT-Fault-ExceptionType"] = "Npgsql.NpgsqlException", ["MT-Fault-Message"] = "hemligt",
                ["MT-Fault-Timestamp"] = "2026-03-02T09:00:00.0000000Z",
            },
        }, body);
    }
}
