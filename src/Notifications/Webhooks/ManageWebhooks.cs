using Iop.Kernel;
using Iop.Notifications.Storage;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Webhooks;

/// <summary>An administrator says which of the organisation's systems hear what its inboxes hear.</summary>
internal static class ManageWebhooks
{
    /// <param name="Url">https, without a user name.</param>
    /// <param name="Kinds">Kinds of lines; none means all.</param>
    public sealed record Request(string? Url, IReadOnlyList<string>? Kinds = null);

    /// <param name="State">active, paused (the receiver failed last) or ended.</param>
    /// <param name="EndedAt">By an administrator, or by the receiver's answer that it wants no more.</param>
    /// <param name="Secret">Shown when it is made, and never again.</param>
    public sealed record View(
        Guid Id, string Url, IReadOnlyList<string> Kinds, string State, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt,
        string? Secret = null);

    public sealed record Listing(IReadOnlyList<View> Items);

    private const int UrlMax = 500;
    private const int KindsMax = 50;
    private const int KindMax = 60;
    private const int WebhooksMax = 10;
    private const int EndedShownMax = 50;

    /// <summary>As long as what was sent to it can be read.</summary>
    private static readonly TimeSpan EndedAreShown = TimeSpan.FromDays(ForgetWhatWasSent.DeliveryDays);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/webhooks", List).WithName("ListWebhooks");
        api.MapPost("/webhooks", Handle).WithName("AddWebhook").Creates();
        api.MapPost("/webhooks/{id:guid}/secret", NewSecret).WithName("RenewWebhookSecret");
        api.MapDelete("/webhooks/{id:guid}", End).WithName("EndWebhook");
    }

    internal static async Task<Answer<Listing>> List(
        Caller caller, NotificationsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Admin) is { } missing) return missing;
        var now = clock.GetUtcNow();
        var oldest = now - EndedAreShown;
        var own = await db.Webhooks.AsNoTracking().Where(one => one.EndedAt == null || one.EndedAt > oldest)
            .OrderBy(one => one.EndedAt != null).ThenBy(one => one.CreatedAt).Take(WebhooksMax + EndedShownMax)
            .ToListAsync(cancel);
        return new Listing([.. own.Select(one => Of(one, now))]);
    }

    internal static async Task<Answer<View>> Handle(Request request, Caller caller, NotificationsDb db, WebhookSender sender,
        WebhookSettings settings, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Admin) is { } missing) return missing;
        var (kinds, now) = (request.Kinds ?? [], clock.GetUtcNow());
        var fields = new Fields().Text("url", request.Url, UrlMax).Count("kinds", kinds.Count, 0, KindsMax)
            .Must("url", IsAddress(request.Url, settings), "webhook.address");
        foreach (var kind in kinds) fields.Text("kinds", kind, KindMax);
        if (fields.Refusal is { } wrong) return wrong;
        await db.OneAtATime($"webhooks:{caller.Organisation}", cancel);
        if (await db.Webhooks.CountAsync(one => one.EndedAt == null, cancel) >= WebhooksMax)
            return new Refusal("webhook.too-many").With("most", WebhooksMax);
        var webhook = new Webhook
        {
            WebhookId = Guid.CreateVersion7(now), OrganisationId = caller.Organisation, Url = request.Url!.Trim(),
            Kinds = [.. kinds.Distinct(StringComparer.Ordinal)], Generation = 1, CreatedBy = caller.Person, CreatedAt = now,
            Version = 1,
        };
        db.Add(webhook);
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/notifications/v1/webhooks/{webhook.WebhookId}",
            Of(webhook, now) with { Secret = sender.SecretOf(webhook) }, webhook.Version);
    }

    /// <summary>The old secret signs no more from this moment.</summary>
    internal static async Task<Answer<View>> NewSecret(Guid id, Caller caller, NotificationsDb db, WebhookSender sender,
        TimeProvider clock, CancellationToken cancel)
    {
        if (await Own(id, db, cancel) is not { } webhook) return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin) is { } missing) return missing;
        webhook.Generation++;
        webhook.Version++;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(Of(webhook, clock.GetUtcNow()) with { Secret = sender.SecretOf(webhook) }, webhook.Version);
    }

    internal static async Task<Answer<View>> End(
        Guid id, Caller caller, NotificationsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await Own(id, db, cancel) is not { } webhook) return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin) is { } missing) return missing;
        webhook.EndedAt = clock.GetUtcNow();
        webhook.Version++;
        await db.SaveChangesAsync(cancel);
        return Of(webhook, clock.GetUtcNow());
    }

    /// <summary>One of the caller's organisation that has not ended, locked; the database leaves out others'.</summary>
    internal static Task<Webhook?> Own(Guid id, NotificationsDb db, CancellationToken cancel) =>
        db.Webhooks.FromSql($"SELECT * FROM webhook WHERE webhook_id = {id} AND ended_at IS NULL FOR UPDATE")
            .FirstOrDefaultAsync(cancel);

    private static View Of(Webhook webhook, DateTimeOffset now) => new(webhook.WebhookId, webhook.Url, webhook.Kinds,
        webhook.EndedAt is not null ? "ended" : webhook.PausedUntil > now ? "paused" : "active", webhook.CreatedAt,
        webhook.EndedAt);

    private static bool IsAddress(string? url, WebhookSettings settings) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.UserInfo.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps
            || (address.Scheme == Uri.UriSchemeHttp && settings.InternalNetworks.Count > 0));
}
