using System.Globalization;
using Iop.Calling;
using Iop.Kernel;
using Iop.Notifications.Domain;
using Iop.Notifications.Inbox;
using Iop.Notifications.Storage;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Webhooks;

/// <summary>An administrator of the whole organisation says which of its systems hear what its inboxes hear. Whoever administers
/// a unit does not: a webhook hears all units.</summary>
internal static class ManageWebhooks
{
    /// <param name="Url">https, without a user name; http only into networks that the operator allows.</param>
    /// <param name="Kinds">Kinds of lines; none means all.</param>
    public sealed record Request(string? Url, IReadOnlyList<string>? Kinds = null);

    /// <param name="State">active, paused (the receiver failed last) or ended.</param>
    /// <param name="EndedAt">By an administrator, or by the receiver's answer that it wants no more.</param>
    /// <param name="Secret">Shown when it is made, and never again.</param>
    /// <param name="OldSecretUntil">Until then every call is signed by the secret before this one as well.</param>
    public sealed record View(
        Guid Id, string Url, IReadOnlyList<string> Kinds, string State, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt,
        string WebhookTag, string? Secret = null, DateTimeOffset? OldSecretUntil = null);

    public sealed record Listing(IReadOnlyList<View> Items);

    private const int UrlMax = 500;
    private const int KindsMax = 50;
    private const int WebhooksMax = 10;
    private const int EndedShownMax = 50;

    /// <summary>How long a receiver has to take the new secret into use.</summary>
    private static readonly TimeSpan OldSecretSigns = TimeSpan.FromHours(24);

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
        if (Exceeds(caller) is { } not) return not;
        var now = clock.GetUtcNow();
        var oldest = now - EndedAreShown;
        var own = await db.Webhooks.AsNoTracking().Where(one => one.EndedAt == null || one.EndedAt > oldest)
            .OrderBy(one => one.EndedAt != null).ThenBy(one => one.CreatedAt).Take(WebhooksMax + EndedShownMax)
            .ToListAsync(cancel);
        return new Listing([.. own.Select(one => Of(one, now))]);
    }

    internal static async Task<Answer<View>> Handle(Request request, Caller caller, NotificationsDb db, WebhookSender sender,
        ReachableAddresses reachable, LineText lines, TimeProvider clock, CancellationToken cancel)
    {
        if (Exceeds(caller) is { } not) return not;
        var (kinds, now) = (request.Kinds ?? [], clock.GetUtcNow());
        var fields = new Fields().Text("url", request.Url, UrlMax).Count("kinds", kinds.Count, 0, KindsMax)
            .Must("url", reachable.MayBeCalled(request.Url), "webhook.address")
            .Must("kinds", kinds.All(QueueWebhooks.KindsOf(lines).Contains), "webhook.unknown-kind");
        if (fields.Refusal is { } wrong) return wrong;
        await db.OneAtATime($"webhooks:{caller.Organisation}", cancel);
        if (await db.Webhooks.CountAsync(one => one.EndedAt == null, cancel) >= WebhooksMax)
            return WebhookRefusals.TooMany(WebhooksMax);
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

    /// <summary>For a day the secrets before it sign as well, so that the receiver loses nothing while it takes the new one into
    /// use; also when it is renewed twice.</summary>
    internal static async Task<Answer<View>> NewSecret(Guid id, Caller caller, IfMatch ifMatch, NotificationsDb db,
        WebhookSender sender, TimeProvider clock, CancellationToken cancel)
    {
        if (await Own(id, db, cancel) is not { } webhook) return Refusal.NotFound;
        if (Exceeds(caller) is { } not) return not;
        if (ifMatch.Misses(webhook.Version) is { } stale) return stale; // two at once would make two secrets
        var now = clock.GetUtcNow();
        webhook.Renew(now, now + OldSecretSigns);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(Of(webhook, now) with { Secret = sender.SecretOf(webhook) }, webhook.Version);
    }

    internal static async Task<Answer<View>> End(
        Guid id, Caller caller, IfMatch ifMatch, NotificationsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await Own(id, db, cancel) is not { } webhook) return Refusal.NotFound;
        if (Exceeds(caller) is { } not) return not;
        if (ifMatch.Misses(webhook.Version) is { } stale) return stale;
        var now = clock.GetUtcNow();
        (webhook.EndedAt, webhook.Version) = (now, webhook.Version + 1);
        await db.SaveChangesAsync(cancel);
        await db.WebhookDeliveries.Where(one => one.WebhookId == id && one.EndedAt == null).GiveUp(now, cancel);
        return Of(webhook, now);
    }

    /// <summary>What is not sent any more can be read as long as anything that was sent.</summary>
    internal static Task<int> GiveUp(this IQueryable<WebhookDelivery> deliveries, DateTimeOffset now, CancellationToken cancel) =>
        deliveries.ExecuteUpdateAsync(set => set
            .SetProperty(one => one.Outcome, WebhookDelivery.GivenUp).SetProperty(one => one.EndedAt, now), cancel);

    /// <summary>One of the caller's organisation that has not ended, locked; the database leaves out others'.</summary>
    internal static Task<Webhook?> Own(Guid id, NotificationsDb db, CancellationToken cancel) =>
        db.Webhooks.FromSql($"SELECT * FROM webhook WHERE webhook_id = {id} AND ended_at IS NULL FOR UPDATE")
            .FirstOrDefaultAsync(cancel);

    /// <summary>Null for whoever administers the whole organisation.</summary>
    internal static Refusal? Exceeds(Caller caller) => caller.Lacks(Roles.Admin) is { } missing ? missing
        : caller.Unit is null ? null : WebhookRefusals.OfTheWhole;

    private static View Of(Webhook webhook, DateTimeOffset now) => new(webhook.WebhookId, webhook.Url, webhook.Kinds,
        webhook.EndedAt is not null ? "ended" : webhook.PausedUntil > now ? "paused" : "active", webhook.CreatedAt,
        webhook.EndedAt, webhook.Version.ToString(CultureInfo.InvariantCulture),
        OldSecretUntil: webhook.OldSecretsUntil > now ? webhook.OldSecretsUntil : null);
}
