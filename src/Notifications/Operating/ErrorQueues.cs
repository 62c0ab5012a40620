using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Iop.Contracts;
using Iop.Platform.Messaging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Iop.Notifications.Operating;

/// <summary>Looks into the queues of all services, and sends a failed message again to the reaction that failed. Of a message
/// only its id, its kind, when it failed and the kind of fault are read: never its words, nor what the fault said.</summary>
internal sealed class ErrorQueues(IConfiguration configuration)
{
    private const string Suffix = "_error";
    private const string AttemptHeader = "iop-attempt";
    private const string FaultPrefix = "MT-Fault-";
    private const int LookMax = 1000;
    private const int UuidBytes = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="Waiting">Ready, and not yet taken by a reaction.</param>
    /// <param name="Listeners">Replicas that listen.</param>
    /// <param name="Failed">In its error queue.</param>
    /// <param name="IsMissing">Nobody has declared it.</param>
    public sealed record Depth(string Name, string Message, long Waiting, long Listeners, long Failed, bool IsMissing);

    /// <param name="Fault">The kind of fault, without its words.</param>
    public sealed record Failure(Guid Id, string Message, DateTimeOffset? FailedAt, string Fault);

    /// <returns>With the broker's own version.</returns>
    public async Task<(string Version, IReadOnlyList<Depth> Queues, IReadOnlyList<(string Name, long Waiting)> Pauses)> Depths(
        CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        await using var connection = await Connect(patience.Token);
        var depths = new List<Depth>();
        foreach (var (queue, message) in Topology.Subscriptions)
        {
            var ready = await Look(connection, queue, patience.Token);
            var failed = await Look(connection, queue + Suffix, patience.Token);
            depths.Add(new Depth(queue, message.Name, ready?.MessageCount ?? 0, ready?.ConsumerCount ?? 0,
                failed?.MessageCount ?? 0, ready is null || failed is null));
        }
        var pauses = new List<(string, long)>();
        foreach (var name in WaitingQueues.Pauses.Select(WaitingQueues.Name))
            pauses.Add((name, (await Look(connection, name, patience.Token))?.MessageCount ?? 0));
        return (VersionOf(connection), depths, pauses);
    }

    public static bool Knows(string queue) => Topology.Subscriptions.Any(one => one.Queue == queue);

    /// <summary>Taken without an answer, so that all of them lie there again when the channel closes.</summary>
    public Task<IReadOnlyList<Failure>> Failed(string queue, int most, CancellationToken cancel) =>
        With<IReadOnlyList<Failure>>(async (channel, patience) =>
        {
            var found = new List<Failure>();
            while (found.Count < most && await channel.BasicGetAsync(queue + Suffix, autoAck: false, patience) is { } message)
                found.Add(Of(queue, message));
            return found;
        }, cancel);

    /// <summary>To the one queue it failed on, as if it came for the first time. It leaves the error queue when the broker has
    /// confirmed it; a process that dies in between leaves it in both, which is harmless.</summary>
    /// <returns>Whether it was there.</returns>
    public Task<bool> Replay(string queue, Guid id, CancellationToken cancel) => With(async (channel, patience) =>
    {
        for (var looked = 0; looked < LookMax; looked++)
        {
            if (await channel.BasicGetAsync(queue + Suffix, autoAck: false, patience) is not { } message) return false;
            if (Id(message) != id) continue;
            await Again(channel, queue, message, patience);
            return true;
        }
        return false;
    }, cancel);

    /// <summary>The same for all that lay there when it began, the oldest first. What has gone has gone, also when the broker or
    /// the patience ends on the way.</summary>
    public Task<(int Sent, long Left)> ReplayAll(string queue, int most, CancellationToken cancel) =>
        With(async (channel, patience) =>
        {
            var (sent, there) = (0, (await channel.QueueDeclarePassiveAsync(queue + Suffix, patience)).MessageCount);
            try
            {
                while (sent < Math.Min(most, there)
                    && await channel.BasicGetAsync(queue + Suffix, autoAck: false, patience) is { } message)
                {
                    await Again(channel, queue, message, patience);
                    sent++;
                }
            }
            catch (Exception away) when (sent > 0 && OperateQueues.IsAway(away, cancel)) { } // the number says how far it came
            return (sent, Math.Max(0, (long)there - sent));
        }, cancel);

    private static async Task Again(IChannel channel, string queue, BasicGetResult message, CancellationToken patience)
    {
        var properties = new BasicProperties(message.BasicProperties)
        {
            Headers = WithoutFault(message.BasicProperties.Headers),
        };
        await channel.BasicPublishAsync("", queue, mandatory: true, properties, message.Body, patience);
        await channel.BasicAckAsync(message.DeliveryTag, multiple: false, patience);
    }

    private async Task<T> With<T>(Func<IChannel, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        await using var connection = await Connect(patience.Token);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
            patience.Token);
        return await work(channel, patience.Token);
    }

    private Task<IConnection> Connect(CancellationToken cancel) => new ConnectionFactory
    {
        Uri = new Uri(configuration.GetConnectionString("messaging")!), AutomaticRecoveryEnabled = false,
    }.CreateConnectionAsync(cancel);

    private static string VersionOf(IConnection connection) =>
        connection.ServerProperties is { } all && all.TryGetValue("version", out var told) && told is byte[] version
            ? Encoding.UTF8.GetString(version) : "";

    /// <summary>On a channel of its own: the broker closes it when there is no such queue.</summary>
    private static async Task<QueueDeclareOk?> Look(IConnection connection, string queue, CancellationToken cancel)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
        try
        {
            return await channel.QueueDeclarePassiveAsync(queue, cancel);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return null;
        }
    }

    private static Failure Of(string queue, BasicGetResult message) => new(
        Id(message), Topology.Subscriptions.First(one => one.Queue == queue).Message.Name,
        DateTimeOffset.TryParse(Header(message, FaultPrefix + "Timestamp"), CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var at) ? at : null,
        Header(message, FaultPrefix + "ExceptionType")?.Split('.')[^1] ?? "");

    /// <summary>What was not given a uuid by its sender is known by all it holds: the same whenever it is looked at.</summary>
    private static Guid Id(BasicGetResult message) => Guid.TryParse(message.BasicProperties.MessageId, out var id) ? id
        : new Guid(SHA256.HashData([.. Encoding.UTF8.GetBytes(message.BasicProperties.MessageId + "\n"), .. message.Body.Span])
            .AsSpan(0, UuidBytes));

    private static string? Header(BasicGetResult message, string name) =>
        message.BasicProperties.Headers is { } headers && headers.TryGetValue(name, out var value)
            ? value switch { byte[] bytes => Encoding.UTF8.GetString(bytes), null => null, _ => value.ToString() } : null;

    private static Dictionary<string, object?> WithoutFault(IDictionary<string, object?>? headers) =>
        (headers ?? new Dictionary<string, object?>(StringComparer.Ordinal))
            .Where(one => one.Key != AttemptHeader && !one.Key.StartsWith(FaultPrefix, StringComparison.Ordinal)
                && !one.Key.StartsWith("x-", StringComparison.Ordinal))
            .ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);
}
