using Iop.Kernel;
using Iop.Notifications.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Webhooks;

/// <summary>What a webhook was sent, newest first, and what it answered; any of it can be sent again.</summary>
internal static class ListDeliveries
{
    /// <param name="Outcome">delivered or given-up; none while it is tried.</param>
    /// <param name="Answer">The receiver's status, or why there was none.</param>
    public sealed record View(Guid Id, string Kind, DateTimeOffset CreatedAt, int Attempts, DateTimeOffset? DueAt,
        string? Outcome, string? Answer, string Body);

    public sealed record Listing(IReadOnlyList<View> Items);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/webhooks/{id:guid}/deliveries", Handle).WithName(nameof(ListDeliveries));
        api.MapPost("/webhooks/{id:guid}/deliveries/{delivery:guid}/again", Again).WithName("SendAgain");
    }

    internal static async Task<Answer<Listing>> Handle(
        Guid id, Caller caller, Paging paging, HttpRequest request, NotificationsDb db, CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        if (!await db.Webhooks.AnyAsync(one => one.WebhookId == id, cancel)) return Refusal.NotFound;
        if (ManageWebhooks.Exceeds(caller) is { } not) return not;
        var sent = db.WebhookDeliveries.AsNoTracking().Where(one => one.WebhookId == id);
        if (Guid.TryParse(paging.After, out var last)) sent = sent.Where(one => one.DeliveryId.CompareTo(last) < 0);
        var page = await sent.OrderByDescending(one => one.DeliveryId).Skip(paging.Skip).Take(paging.Limit + 1)
            .ToListAsync(cancel);
        var shown = page.Take(paging.Limit).ToList();
        return Answers.Page(new Listing([.. shown.Select(Of)]),
            page.Count > paging.Limit ? Paging.Next(request, shown[^1].DeliveryId.ToString()) : null);
    }

    internal static async Task<Answer<View>> Again(
        Guid id, Guid delivery, Caller caller, NotificationsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await ManageWebhooks.Own(id, db, cancel) is not { } webhook) return Refusal.NotFound;
        if (ManageWebhooks.Exceeds(caller) is { } not) return not;
        var sent = await db.WebhookDeliveries.FirstOrDefaultAsync(
            one => one.DeliveryId == delivery && one.WebhookId == id, cancel);
        if (sent is null) return Refusal.NotFound;
        (sent.DueAt, sent.Attempts, sent.EndedAt, sent.Outcome) = (clock.GetUtcNow(), 0, null, null);
        webhook.PausedUntil = null; // at once: whoever asks has seen to the receiver
        await db.SaveChangesAsync(cancel);
        return Of(sent);
    }

    private static View Of(WebhookDelivery one) => new(one.DeliveryId, one.Kind, one.CreatedAt, one.Attempts,
        one.EndedAt is null ? one.DueAt : null, one.Outcome, one.Answer, one.Body);
}
