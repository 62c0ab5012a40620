using System.Text;
using Iop.Contracts;
using Iop.Migrations;
using Iop.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Iop.Benchmarks;

/// <summary>From an announcement to its effect: outbox, relay, broker, inbox and a row, beside a bare publish with confirm, a
/// consumer and the same row. Same servers, same kind of queue; the database itself says when the row is there.</summary>
internal static class AnnounceToEffect
{
    private const string BareQueue = "bare.write-it-down";
    private const ushort Prefetch = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async IAsyncEnumerable<Comparison> Of(Servers servers)
    {
        await using var database = await servers.NewDatabaseAsync(ServiceDatabase.Template(
            SmallestService.Service, Script.With(SmallestService.Service, ("001_written.sql", SmallestService.Tables))));
        await using var broker = await servers.NewVirtualHostAsync();
        await Messaging.Declare(broker.Uri, [new Subscription(WriteItDownWhenSaid.Queue, typeof(Said))]);
        await using var written = await Arrivals.ListenAsync(database.ConnectionString);
        await using var service = await SmallestService.StartAsync(database, broker);
        await using var sql = NpgsqlDataSource.Create(database.ConnectionString);
        await using var connection = await new ConnectionFactory { Uri = broker.Uri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await ConsumeBareAsync(connection, sql);
        yield return new("announced until its effect is there / bare publish, consume, insert",
            _ => written.WaitForAsync(id => AnnounceAsync(service.Services, id), Patience),
            _ => written.WaitForAsync(id => PublishAsync(channel, id), Patience))
        {
            WarmUpRounds = 60, Rounds = 400,
        };
    }

    private static async Task AnnounceAsync(IServiceProvider services, Guid id)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SmallestDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Announce(id, 1, new Said { Id = id });
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private static async Task PublishAsync(IChannel channel, Guid id) => await channel.BasicPublishAsync(
        "", BareQueue, mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes($"{id}"));

    private static async Task ConsumeBareAsync(IConnection connection, NpgsqlDataSource sql)
    {
        var channel = await connection.CreateChannelAsync(); // ends with its connection
        await channel.QueueDeclareAsync(BareQueue, durable: true, exclusive: false, autoDelete: false,
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
        await channel.BasicConsumeAsync(BareQueue, autoAck: false, consumer);
    }
}
