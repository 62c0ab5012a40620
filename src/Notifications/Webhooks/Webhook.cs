namespace Iop.Notifications.Webhooks;

/// <summary>An address of an organisation's own system that hears what its inboxes hear.</summary>
internal sealed class Webhook
{
    public required Guid WebhookId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string Url { get; init; }

    /// <summary>Kinds of lines; none means all.</summary>
    public required string[] Kinds { get; init; }

    /// <summary>How many secrets it has had.</summary>
    public required int Generation { get; set; }

    /// <summary>Which of its secrets sign beside the newest, up to <see cref="OldSecretsUntil"/>: from this one on.</summary>
    public int OldestGeneration { get; set; } = 1;

    public DateTimeOffset? OldSecretsUntil { get; set; }

    public required Guid CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? PausedUntil { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public required long Version { get; set; }

    /// <summary>Another secret; those before it sign until then as well, as many as a receiver looks at.</summary>
    public void Renew(DateTimeOffset now, DateTimeOffset oldUntil)
    {
        if (!(OldSecretsUntil > now)) OldestGeneration = Generation;
        Generation++;
        OldestGeneration = Math.Max(OldestGeneration, Generation - OldSecretsMax);
        OldSecretsUntil = oldUntil;
        Version++;
    }

    /// <summary>The numbers of the secrets that sign, the newest first.</summary>
    public IEnumerable<int> Signing(DateTimeOffset now) =>
        OldSecretsUntil > now ? Enumerable.Range(OldestGeneration, Generation - OldestGeneration + 1).Reverse() : [Generation];

    private const int OldSecretsMax = 4;
}

/// <summary>One line on its way to a webhook.</summary>
internal sealed class WebhookDelivery
{
    public const string Delivered = "delivered";
    public const string GivenUp = "given-up";

    /// <summary>The <c>webhook-id</c>: the same at every attempt and when it is sent again, so that a receiver can
    /// tell.</summary>
    public required Guid DeliveryId { get; init; }

    public required Guid WebhookId { get; init; }

    public required Guid LineId { get; init; }

    public required string Kind { get; init; }

    public required string Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset DueAt { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? Outcome { get; set; }

    public string? Answer { get; set; }
}
