using System.Reflection;
using Iop.Contracts;
using Iop.Platform.Messaging;
using MassTransit;
using RabbitMQ.Client;

namespace Iop.Migrations;

/// <summary>Exchanges, queues and bindings, declared before any service runs, so that no message is lost because its listener was
/// late. They are exactly what MassTransit declares again when a service starts.</summary>
public static class Messaging
{
    private const string ErrorQueue = "_error";

    private static readonly Dictionary<string, object?> Quorum = new(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" };

    public static Task Declare(Uri broker, CancellationToken cancel = default) => Declare(broker, Topology.Subscriptions, cancel);

    public static async Task Declare(Uri broker, IReadOnlyList<Subscription> subscriptions, CancellationToken cancel = default)
    {
        var factory = new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false };
        await using var connection = await factory.CreateConnectionAsync(cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
        foreach (var pause in WaitingQueues.Pauses) await DeclareWaiting(channel, pause, cancel);
        foreach (var exchange in subscriptions.Select(subscription => ExchangeOf(subscription.Message))
            .Distinct(StringComparer.Ordinal))
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, cancellationToken: cancel);
        foreach (var subscription in subscriptions)
        {
            await DeclareQueue(channel, subscription.Queue, cancel);
            await DeclareQueue(channel, subscription.Queue + ErrorQueue, cancel);
            await channel.ExchangeBindAsync(subscription.Queue, ExchangeOf(subscription.Message), "", cancellationToken: cancel);
        }
    }

    public static string ExchangeOf(Type message) => message.GetCustomAttribute<EntityNameAttribute>()?.EntityName
        ?? throw new InvalidOperationException($"{message.Name} has no pinned exchange name.");

    /// <summary>A queue, and an exchange of the same name in front of it, as MassTransit lays them out.</summary>
    private static async Task DeclareQueue(IChannel channel, string queue, CancellationToken cancel)
    {
        await channel.ExchangeDeclareAsync(queue, ExchangeType.Fanout, durable: true, cancellationToken: cancel);
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, Quorum,
            cancellationToken: cancel);
        await channel.QueueBindAsync(queue, queue, "", cancellationToken: cancel);
    }

    /// <summary>Messages rest here for the pause, then return to the queue that is their routing key: no key of its own is set
    /// for dead letters.</summary>
    private static async Task DeclareWaiting(IChannel channel, TimeSpan pause, CancellationToken cancel)
    {
        var name = WaitingQueues.Name(pause);
        var arguments = new Dictionary<string, object?>(Quorum, StringComparer.Ordinal)
        {
            ["x-message-ttl"] = (long)pause.TotalMilliseconds,
            ["x-dead-letter-exchange"] = "",
            ["x-dead-letter-strategy"] = "at-least-once",
            ["x-overflow"] = "reject-publish", // at-least-once asks for it
        };
        await channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, cancellationToken: cancel);
        await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments,
            cancellationToken: cancel);
        await channel.QueueBindAsync(name, name, "", cancellationToken: cancel);
    }
}
