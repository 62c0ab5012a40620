using System.Text.Json;
using Iop.Platform.Messaging;
using Iop.Platform.Trial;
using Iop.TestKit;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using Declared = Iop.Migrations.Messaging;

namespace Iop.Platform.Tests;

public sealed class MessagingTests(TrialWorld world) : IClassFixture<TrialWorld>
{
    private static readonly string FirstPause = WaitingQueues.Name(WaitingQueues.Pauses[0]);

    [Fact]
    public async Task A_message_has_its_effect_once_however_often_it_is_delivered()
    {
        var asked = Ask();
        var id = await world.Publish(asked);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => world.Publish(asked, id)));
        await Eventually.Holds("both reactions", async () => await world.HandledBy(id) == 2);
        await QueueIsEmpty(DoWhenAsked.Queue);
        Assert.Equal(1, await world.Effects("asked", asked.Subject));
    }

    [Fact]
    public async Task A_short_failure_is_tried_again_at_once_and_leaves_no_half_effect()
    {
        var asked = Ask(failures: 2);
        await world.Tell(asked);
        Assert.Equal(1, await world.Effects("asked", asked.Subject));
        Assert.Equal(3, world.Services.GetRequiredService<Attempts>().Made(asked.Subject));
    }

    [Fact]
    public async Task A_failing_message_waits_comes_back_after_the_pause_and_has_its_effect_once()
    {
        var asked = Ask(failures: 4); // three at once, the fourth after the pause
        var published = TimeProvider.System.GetTimestamp();
        var id = await world.Publish(asked);
        await Eventually.Holds("it lies in the waiting queue", async () => await world.Broker.ReadyInAsync(FirstPause) > 0);
        Assert.Equal(0, await world.Effects("asked", asked.Subject));
        await Eventually.Holds("it has come back", async () => await world.HandledBy(id) == 2);
        Assert.True(TimeProvider.System.GetElapsedTime(published) >= WaitingQueues.Pauses[0],
            "It came back before the pause was over.");
        Assert.Equal(1, await world.Effects("asked", asked.Subject));
        Assert.Equal(1, await world.Effects("newest 1", asked.Subject)); // the other reaction was not asked again
    }

    [Fact]
    public async Task After_the_last_pause_a_failing_message_lies_in_the_error_queue_without_effect()
    {
        var asked = Ask(failures: 1000);
        await PublishAfter(WaitingQueues.Pauses.Count, asked);
        await Eventually.Holds("it lies in the error queue", async () =>
            await world.Broker.ReadyInAsync(DoWhenAsked.Queue + "_error") == 1);
        Assert.Equal(3, world.Services.GetRequiredService<Attempts>().Made(asked.Subject));
        Assert.Equal(0, await world.Effects("asked", asked.Subject));
        Assert.Equal(0u, await world.Broker.ReadyInAsync(FirstPause));
    }

    [Fact]
    public async Task What_is_older_than_what_is_known_is_ignored()
    {
        var subject = Guid.NewGuid();
        await world.Tell(Ask(subject, sequence: 5));
        await world.Tell(Ask(subject, sequence: 4));
        await world.Tell(Ask(subject, sequence: 6));
        Assert.Equal((1, 0, 1),
            (await world.Effects("newest 5", subject), await world.Effects("newest 4", subject),
                await world.Effects("newest 6", subject)));
    }

    [Fact]
    public async Task What_was_announced_is_sent_in_the_order_of_its_aggregate_and_marked_when_confirmed()
    {
        await using var connection = await new ConnectionFactory { Uri = world.Broker.Uri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        const string listener = "test.order";
        await channel.QueueDeclareAsync(listener, durable: false, exclusive: true, autoDelete: true);
        await channel.QueueBindAsync(listener, Declared.ExchangeOf(typeof(NoteWritten)), "");
        var officer = TrialWorld.Officer();
        var note = await world.Written(officer);
        const int changes = 30;
        var tag = note.Tag;
        for (var change = 0; change < changes; change++)
            tag = (await world.As(officer).Put(note.Location!, tag, new { text = $"text {change}" }))
                .Is(System.Net.HttpStatusCode.OK).Tag;
        await Eventually.Holds("all is sent", async () => await world.Scalar<long>(
            "SELECT count(*) FROM outbox WHERE aggregate_id = $1 AND published_at IS NOT NULL", note.Id) == changes + 1);

        var heard = new List<long>();
        while (await channel.BasicGetAsync(listener, autoAck: true) is { } delivery)
        {
            var message = JsonSerializer.Deserialize<JsonElement>(delivery.Body.Span).GetProperty("message");
            if (message.GetProperty("noteId").GetGuid() == note.Id) heard.Add(message.GetProperty("sequence").GetInt64());
        }
        Assert.Equal(Enumerable.Range(1, changes + 1).Select(sequence => (long)sequence), heard);
    }

    [Fact]
    public async Task What_nobody_hears_stays_until_somebody_listens()
    {
        await using var connection = await new ConnectionFactory { Uri = world.Broker.Uri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var exchange = Declared.ExchangeOf(typeof(NoteWhispered));
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
        var subject = Guid.NewGuid();
        await Announced(subject);
        var note = await world.Written(TrialWorld.Officer()); // others pass it by
        await Eventually.Holds("the other is sent", async () => await Sent(note.Id));
        Assert.False(await Sent(subject));

        await channel.QueueDeclareAsync("test.whisper", durable: false, exclusive: true, autoDelete: true);
        await channel.QueueBindAsync("test.whisper", exchange, "");
        await Eventually.Holds("it is sent", async () => await Sent(subject));
    }

    [Fact]
    public async Task A_change_that_is_refused_or_fails_announces_nothing()
    {
        var officer = TrialWorld.Officer();
        var note = await world.Written(officer);
        await world.As(officer).Put(note.Location!, note.Tag, new { text = "nej" });
        await world.As(officer).Send(HttpMethod.Post, $"{note.Location}/accident", new { });
        Assert.Single(await world.Announced<NoteWritten>(), said => said.NoteId == note.Id);
    }

    private static Asked Ask(Guid? subject = null, long sequence = 1, int failures = 0) =>
        new() { Subject = subject ?? Guid.NewGuid(), Sequence = sequence, Failures = failures };

    private Task QueueIsEmpty(string queue) =>
        Eventually.Holds($"{queue} is empty", async () => await world.Broker.ReadyInAsync(queue) == 0);

    private Task<bool> Sent(Guid aggregate) =>
        world.Scalar<bool>("SELECT bool_and(published_at IS NOT NULL) FROM outbox WHERE aggregate_id = $1", aggregate);

    private async Task Announced(Guid subject)
    {
        await using var scope = world.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Storage.Acting>().AsSystem();
        var db = scope.ServiceProvider.GetRequiredService<TrialDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Announce(subject, 1, new NoteWhispered { NoteId = subject });
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    /// <summary>As it comes back from its so-manieth pause: straight to the queue, with the count in its header.</summary>
    private async Task PublishAfter(int pauses, Asked asked)
    {
        var outgoing = OutgoingMessage.Of(asked.Subject, 1, asked, world.Clock.GetUtcNow(), trace: null);
        await using var connection = await new ConnectionFactory { Uri = world.Broker.Uri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var properties = new BasicProperties
        {
            MessageId = outgoing.MessageId.ToString(),
            ContentType = "application/vnd.masstransit+json",
            Persistent = true,
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { ["iop-attempt"] = pauses },
        };
        await channel.BasicPublishAsync("", DoWhenAsked.Queue, mandatory: true, properties, outgoing.Envelope);
    }
}
