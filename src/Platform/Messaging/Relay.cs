using System.Diagnostics;
using System.Diagnostics.Metrics;
using Iop.Platform.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Iop.Platform.Messaging;

/// <summary>Sends the outbox: each partition under an advisory lock, so that the order per aggregate holds with any
/// number of replicas; a row is marked only when the broker has confirmed it. What cannot be sent stays and is tried
/// again.</summary>
internal sealed class Relay(Logins logins, IConfiguration configuration, TimeProvider clock, ILogger<Relay> log)
    : BackgroundService
{
    private const int LockSpace = 4711;
    private const int BatchMax = 200;
    private const string Lock =
        "SELECT partition FROM (SELECT DISTINCT partition FROM outbox WHERE published_at IS NULL) waiting WHERE pg_try_advisory_xact_lock($1, partition)";
    private const string Waiting =
        "SELECT own.partition, message_id, exchange, envelope, trace FROM generate_series(0, $1) its, LATERAL (SELECT * FROM outbox WHERE published_at IS NULL AND partition = its ORDER BY position LIMIT $2) own ORDER BY position";

    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RestAfterTrouble = TimeSpan.FromSeconds(1);
    private static readonly Meter Meter = new("Iop.Platform");
    private static readonly Counter<long> Sent = Meter.CreateCounter<long>("iop.outbox.sent");
    private static readonly Counter<long> Unroutable = Meter.CreateCounter<long>("iop.outbox.unroutable");

    private readonly SemaphoreSlim _bell = new(1, 1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Listen(stoppingToken), Send(stoppingToken));

    /// <summary>Wakes the sender when a transaction has added rows; if the connection is lost, polling carries on
    /// meanwhile.</summary>
    private async Task Listen(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await using var connection = await logins.System.OpenConnectionAsync(cancel);
                connection.Notification += (_, _) => Ring();
                await using (var listen = new NpgsqlCommand("LISTEN outbox", connection))
                    await listen.ExecuteNonQueryAsync(cancel);
                while (true) await connection.WaitAsync(cancel);
            }
            catch (Exception trouble) when (trouble is not OperationCanceledException)
            {
                log.LogWarning("Listening for new messages was interrupted: {Reason}", trouble.Message);
                await Rest(cancel);
            }
        }
    }

    private async Task Send(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                patience.CancelAfter(ConnectTimeout);
                await using var connection = await Connections().CreateConnectionAsync(patience.Token);
                await using var channel = await connection.CreateChannelAsync(
                    new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
                        cancel);
                while (channel.IsOpen)
                {
                    if (await SendWaiting(channel, cancel) == 0) await _bell.WaitAsync(PollEvery, cancel);
                }
            }
            catch (Exception trouble) when (!cancel.IsCancellationRequested)
            {
                log.LogWarning("The broker cannot be reached just now; messages wait in the outbox: {Reason}", trouble.Message);
                await Rest(cancel);
            }
        }
    }

    private async Task<int> SendWaiting(IChannel channel, CancellationToken cancel)
    {
        await using var connection = await logins.System.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var rows = await Claim(connection, cancel);
        if (rows.Count == 0) return 0;
        var sent = new List<Guid>(rows.Count);
        var deliveries = rows.Select(row => Publish(channel, row, cancel)).ToList();
        foreach (var (row, delivery) in rows.Zip(deliveries))
        {
            if (await delivery) sent.Add(row.Id);
        }
        await using var mark = new NpgsqlCommand("UPDATE outbox SET published_at = $1 WHERE message_id = ANY($2)", connection)
        {
            Parameters = { new() { Value = clock.GetUtcNow() }, new() { Value = sent.ToArray() } },
        };
        await mark.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        Sent.Add(sent.Count);
        // Rows nobody listens to stay waiting; they must not make the loop spin.
        return sent.Count;
    }

    private async Task<bool> Publish(IChannel channel, Row row, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(PublishTimeout);
        var properties = new BasicProperties
        {
            MessageId = row.Id.ToString(),
            ContentType = "application/vnd.masstransit+json",
            Persistent = true,
            Headers = row.Trace is null
                ? null : new Dictionary<string, object?>(StringComparer.Ordinal) { ["MT-Activity-Id"] = row.Trace },
        };
        try
        {
            await channel.BasicPublishAsync(row.Exchange, "", mandatory: true, properties, row.Envelope, patience.Token);
            return true;
        }
        catch (PublishException unrouted) when (unrouted.IsReturn)
        {
            Unroutable.Add(1, new KeyValuePair<string, object?>("exchange", row.Exchange));
            log.LogError("Nobody listens to {Exchange}: message {MessageId} waits in the outbox.", row.Exchange, row.Id);
            return false;
        }
    }

    /// <summary>One way to the database and back, for this is on every message's way.</summary>
    private static async Task<List<Row>> Claim(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var claim = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                // The locks in a statement of their own: the rows must be read by a snapshot taken while they are held.
                new(Lock) { Parameters = { new() { Value = LockSpace } } },
                new(Waiting) { Parameters = { new() { Value = OutgoingMessage.Partitions - 1 }, new() { Value = BatchMax } } },
            },
        };
        var (held, rows) = (new HashSet<short>(), new List<Row>());
        await using var reader = await claim.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) held.Add(reader.GetInt16(0));
        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            if (!held.Contains(reader.GetInt16(0))) continue; // another replica sends these
            rows.Add(new Row(reader.GetGuid(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3), reader[4] as string));
        }
        return rows;
    }

    private ConnectionFactory Connections() => new() { Uri = Broker.Address(configuration), AutomaticRecoveryEnabled = false };

    private void Ring()
    {
        if (_bell.CurrentCount == 0) _bell.Release();
    }

    private static Task Rest(CancellationToken cancel) =>
        Task.Delay(RestAfterTrouble, cancel)
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private sealed record Row(Guid Id, string Exchange, byte[] Envelope, string? Trace);
}
