using System.Globalization;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Iop.Platform.Messaging;

/// <summary>The pauses between attempts: queues whose messages expire back to where they came from. Declared by
/// Migrations.</summary>
public static class WaitingQueues
{
    /// <summary>Pauses after the first, second … failed delivery; then the error queue.</summary>
    public static IReadOnlyList<TimeSpan> Pauses { get; } =
        [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(2)];

    public static string Name(TimeSpan pause) => $"iop.wait-{pause.TotalSeconds.ToString(CultureInfo.InvariantCulture)}s";
}

/// <summary>Parks a failed message in a waiting queue, a longer one each time; after the last pause the failure goes on to the
/// error queue.</summary>
internal sealed class Waiting(IConfiguration configuration, ILogger<Waiting> log) : IAsyncDisposable
{
    private const string AttemptHeader = "iop-attempt";
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _one = new(1, 1);
    private IConnection? _connection;
    private IChannel? _channel;

    public async Task<bool> Park(string queue, ReceiveContext received, Exception reason, CancellationToken cancel)
    {
        // The transport's headers: the envelope's never change, and the count would stay at nought.
        var attempt = received.TransportHeaders.Get<int>(AttemptHeader) ?? 0;
        if (attempt >= WaitingQueues.Pauses.Count)
        {
            log.LogError(reason, "A message on {Queue} failed {Attempts} times and goes to the error queue.", queue, attempt + 1);
            return false;
        }
        var pause = WaitingQueues.Pauses[attempt];
        log.LogWarning("A message on {Queue} failed and waits {Pause}: {Reason}", queue, pause, reason.Message);
        await _one.WaitAsync(cancel);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(PublishTimeout);
            var channel = await Channel(patience.Token);
            var properties = new BasicProperties
            {
                MessageId = received.TransportHeaders.Get<string>("MessageId") ?? received.GetMessageId()?.ToString(),
                ContentType = received.ContentType?.ToString() ?? "application/vnd.masstransit+json",
                Persistent = true,
                Headers = new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    [AttemptHeader] = attempt + 1,
                    ["MT-Activity-Id"] = received.TransportHeaders.Get<string>("MT-Activity-Id"),
                },
            };
            // Through the pause's exchange with the queue's name as key: when its time is up the message returns by that key.
            await channel.BasicPublishAsync(WaitingQueues.Name(pause), queue, mandatory: true, properties,
                received.Body.GetBytes(), patience.Token);
            return true;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<IChannel> Channel(CancellationToken cancel)
    {
        if (_channel is { IsOpen: true }) return _channel;
        if (_connection is not null) await _connection.DisposeAsync();
        var factory = new ConnectionFactory { Uri = Broker.Address(configuration), AutomaticRecoveryEnabled = false };
        _connection = await factory.CreateConnectionAsync(cancel);
        return _channel = await _connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
        _one.Dispose();
    }
}
