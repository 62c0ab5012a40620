using Iop.Contracts;
using Iop.Migrations;
using RabbitMQ.Client;

namespace Iop.TestKit;

/// <summary>The part of the topology that one service needs: its own queues as Migrations declares them, and somebody who listens
/// to everything it may say, so that the relay finds a way for every message.</summary>
internal static class TestTopology
{
    private const string EverybodyElse = "test.everybody-else";

    public static async Task Declare(Uri broker, IReadOnlyList<Subscription> all, string queuePrefix)
    {
        await Messaging.Declare(broker, [.. all.Where(one => one.Queue.StartsWith(queuePrefix, StringComparison.Ordinal))]);
        var factory = new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(EverybodyElse, durable: false, exclusive: false, autoDelete: false);
        foreach (var exchange in all.Select(one => Messaging.ExchangeOf(one.Message)).Distinct(StringComparer.Ordinal))
        {
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
            await channel.QueueBindAsync(EverybodyElse, exchange, "");
        }
    }
}
