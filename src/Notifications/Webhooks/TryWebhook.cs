using System.Text.Json;
using Iop.Kernel;
using Iop.Notifications.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Webhooks;

/// <summary>An administrator has a call made at once (provanrop), signed as all others, to see whether the receiver takes it. It
/// tells nothing and is not kept. No transaction waits for the answer.</summary>
internal static class TryWebhook
{
    /// <param name="Answer">The receiver's status, or why there was none.</param>
    public sealed record Tried(Guid Id, bool Taken, string Answer);

    public static void Map(IEndpointRouteBuilder outside) =>
        outside.MapPost("/notifications/v1/webhooks/{id:guid}/test", Handle).WithName(nameof(TryWebhook)).RequireAuthorization();

    internal static async Task<Answer<Tried>> Handle(Guid id, Caller caller, Acting acting, NotificationsDb db,
        WebhookSender sender, TimeProvider clock, CancellationToken cancel)
    {
        acting.As(caller);
        Webhook? webhook;
        await using (var transaction = await db.Database.BeginTransactionAsync(cancel))
        {
            webhook = await db.Webhooks.AsNoTracking().FirstOrDefaultAsync(
                one => one.WebhookId == id && one.EndedAt == null, cancel);
        }
        if (webhook is null) return Refusal.NotFound;
        if (ManageWebhooks.Exceeds(caller) is { } not) return not;
        var now = clock.GetUtcNow();
        var call = new WebhookDelivery
        {
            DeliveryId = Guid.CreateVersion7(now), WebhookId = id, LineId = Guid.Empty, Kind = "test", CreatedAt = now,
            DueAt = now,
            Body = JsonSerializer.Serialize(new { type = "test", timestamp = now, data = new { } }, JsonSerializerOptions.Web),
        };
        var (taken, answer) = await sender.Send(webhook, call, cancel);
        return new Tried(call.DeliveryId, taken, answer);
    }
}
