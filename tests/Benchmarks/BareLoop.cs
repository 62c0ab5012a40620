using System.Text;
using Iop.TestKit;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Iop.Benchmarks;

/// <summary>What cannot be had any cheaper: a message published with confirm to a queue of the same kind as ours, a consumer,
/// and one row in <c>written</c>.</summary>
internal sealed class BareLoop(IConnection connection, IChannel channel) : IAsyncDisposable
{
    private const string Queue = "bare.write-it-down";
    private const ushort Prefetch = 8;

    public static async Task<BareLoop> StartAsync(TestVirtualHost broker, NpgsqlDataSource sql)
    {
        var connection = await new ConnectionFactory { Uri = broker.Uri }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await ConsumeAsync(connection, sql);
        return new BareLoop(connection, channel);
    }

    public async Task PublishAsync(Guid id) => await channel.BasicPublishAsync(
        "", Queue, mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes($"{id}"));

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }

    private static async Task ConsumeAsync(IConnection connection, NpgsqlDataSource sql)
    {
        var channel = await connection.CreateChannelAsync(); // ends with its connection
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" });
        await channel.BasicQosAsync(0, Prefetch, global: false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            await using var insert = sql.CreateCommand("INSERT INTO written (id) VALUES ($1)");
            insert.Parameters.Add(new() { Value = Guid.Parse(Encoding.UTF8.GetString(delivery.Body.Span)) });
            await insert.ExecuteNonQueryAsync();
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        };
        await channel.BasicConsumeAsync(Queue, autoAck: false, consumer);
    }
}
