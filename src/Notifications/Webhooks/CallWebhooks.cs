using Iop.Notifications.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Webhooks;

/// <summary>Sends what is due, with ever longer waits while a receiver fails; one that fails is left alone, so that it holds up
/// nobody else. An attempt is written down before it is made. Replicas share the work.</summary>
internal sealed class CallWebhooks(
    SystemWork system, WebhookSender sender, TimeProvider clock, ILogger<CallWebhooks> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private const int PerRoundMax = 1000;
    private const int AtATime = 4;

    // As the specification advises: at once, then after these.
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.WhenAll(Enumerable.Range(0, AtATime).Select(_ => Round(stoppingToken)));
            }
            catch (Exception trouble) when (trouble is not OperationCanceledException)
            {
                log.LogWarning(trouble, "Webhooks could not be called just now.");
            }
            await Task.Delay(Pause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal async Task Round(CancellationToken cancel)
    {
        for (var sent = 0; sent < PerRoundMax; sent++)
        {
            if (await Claim(cancel) is not var (webhook, delivery)) return;
            var (taken, answer) = await sender.Send(webhook, delivery, cancel);
            await Write(webhook, delivery, taken, answer, cancel);
        }
    }

    private Task<(Webhook Webhook, WebhookDelivery Delivery)?> Claim(CancellationToken cancel) =>
        system.InTransaction<(Webhook, WebhookDelivery)?>(async scope =>
        {
            var (db, now) = (scope.GetRequiredService<NotificationsDb>(), clock.GetUtcNow());
            var delivery = await db.WebhookDeliveries.FromSql($"""
                SELECT d.* FROM webhook_delivery d JOIN webhook w ON w.webhook_id = d.webhook_id
                WHERE d.ended_at IS NULL AND d.due_at <= {now} AND w.ended_at IS NULL
                  AND (w.paused_until IS NULL OR w.paused_until <= {now})
                ORDER BY d.due_at LIMIT 1 FOR UPDATE OF d SKIP LOCKED
                """).AsAsyncEnumerable().FirstOrDefaultAsync(cancel);
            if (delivery is null) return null;
            delivery.Attempts++;
            delivery.DueAt = now + WaitAfter(delivery.Attempts);
            await db.SaveChangesAsync(cancel);
            var webhook = await db.Webhooks.AsNoTracking().SingleAsync(one => one.WebhookId == delivery.WebhookId, cancel);
            return (webhook, delivery);
        }, cancel);

    private Task<int> Write(Webhook webhook, WebhookDelivery delivery, bool taken, string answer, CancellationToken cancel) =>
        system.InTransaction(async scope =>
        {
            var (db, now) = (scope.GetRequiredService<NotificationsDb>(), clock.GetUtcNow());
            var outcome = taken ? WebhookDelivery.Delivered : delivery.Attempts > Waits.Length ? WebhookDelivery.GivenUp : null;
            DateTimeOffset? ended = outcome is null ? null : now;
            // What was given up meanwhile, because an administrator ended the webhook, stays so unless it has arrived after all.
            await db.WebhookDeliveries.Where(one => one.DeliveryId == delivery.DeliveryId
                && (taken || one.EndedAt == null)).ExecuteUpdateAsync(
                set => set.SetProperty(one => one.Outcome, outcome).SetProperty(one => one.EndedAt, ended)
                    .SetProperty(one => one.Answer, answer), cancel);
            DateTimeOffset? paused = taken ? null : now + WaitAfter(delivery.Attempts);
            var receiver = db.Webhooks.Where(one => one.WebhookId == webhook.WebhookId);
            // "Gone" is a receiver's way to say that it wants no more.
            if (WebhookSender.IsGone(answer)) await End(receiver, webhook, scope, now, cancel);
            else if (outcome == WebhookDelivery.GivenUp)
                await scope.GetRequiredService<TellOfTrouble>().ThatItIsGivenUpOn(webhook, now, cancel);
            return await receiver.ExecuteUpdateAsync(set => set.SetProperty(one => one.PausedUntil, paused), cancel);
        }, cancel);

    /// <summary>What still was to be sent to it is given up, and can be read as long as anything that was sent.</summary>
    private static async Task End(IQueryable<Webhook> receiver, Webhook webhook, IServiceProvider scope, DateTimeOffset now,
        CancellationToken cancel)
    {
        var ended = await receiver.Where(one => one.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.EndedAt, now), cancel);
        await scope.GetRequiredService<NotificationsDb>().WebhookDeliveries
            .Where(one => one.WebhookId == webhook.WebhookId && one.EndedAt == null).GiveUp(now, cancel);
        if (ended > 0) await scope.GetRequiredService<TellOfTrouble>().ThatItHasEnded(webhook, now, cancel);
    }

    private static TimeSpan WaitAfter(int attempts) => Waits[Math.Min(attempts, Waits.Length) - 1];
}
