using Iop.Kernel;

namespace Iop.Notifications.Domain;

/// <summary>Every way a webhook can be refused.</summary>
public static class WebhookRefusals
{
    /// <summary>What the caller administers is one unit, and webhooks hear the whole organisation.</summary>
    public static Refusal OfTheWhole { get; } = new("webhook.of-the-whole", RefusalKind.Forbidden);

    public static Refusal TooMany(int most) => new Refusal("webhook.too-many").With("most", most);
}
