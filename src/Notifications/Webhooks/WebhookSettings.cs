namespace Iop.Notifications.Webhooks;

/// <summary>Settings <c>Webhooks:*</c>.</summary>
internal sealed class WebhookSettings
{
    /// <summary>Networks of the operator's own (such as <c>10.20.0.0/16</c>) that webhooks may reach although they are not
    /// public, and without TLS. None, unless the operator says so.</summary>
    public IReadOnlyList<string> InternalNetworks { get; init; } = [];
}
