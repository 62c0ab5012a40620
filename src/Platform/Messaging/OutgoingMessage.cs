using System.Reflection;
using System.Text.Json;
using MassTransit;

namespace Iop.Platform.Messaging;

/// <summary>A message as a row, already in the form it will have on the wire. The relay that sends it knows no type.</summary>
internal sealed class OutgoingMessage
{
    public const int Partitions = 8;

    public required Guid MessageId { get; init; }

    public required Guid AggregateId { get; init; }

    public required short Partition { get; init; }

    public required string Exchange { get; init; }

    public required byte[] Envelope { get; init; }

    public required string? Trace { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static OutgoingMessage Of<TMessage>(
        Guid aggregateId, long sequence, TMessage message, DateTimeOffset now, string? trace, Guid? messageId = null)
        where TMessage : class
    {
        var id = messageId ?? Guid.CreateVersion7(now);
        return new OutgoingMessage
        {
            MessageId = id, AggregateId = aggregateId,
            Partition = (short)(BitConverter.ToUInt16(aggregateId.ToByteArray(), 14) % Partitions),
            Exchange = typeof(TMessage).GetCustomAttribute<EntityNameAttribute>()?.EntityName
                ?? throw new InvalidOperationException($"{typeof(TMessage).Name} has no pinned exchange name."),
            Envelope = JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    messageId = id, conversationId = id, messageType = new[] { MessageUrn.ForTypeString<TMessage>() },
                    message, sentTime = now,
                    headers = new Dictionary<string, object>(StringComparer.Ordinal) { ["iop-sequence"] = sequence },
                },
                Wire),
            Trace = trace, CreatedAt = now,
        };
    }

    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web);
}
