using Iop.Kernel;
using Iop.Notifications.Domain;
using Iop.Notifications.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Webhooks;

/// <summary>The organisation's administrators read in the inbox that a webhook has been given up on, once for as long as it takes
/// nothing, or that its receiver wants no more. Not by webhook: that would go where it does not arrive.</summary>
internal sealed class TellOfTrouble(NotificationsDb db)
{
    public const string GivenUp = "webhook-given-up";
    public const string Ended = "webhook-ended";

    public async Task ThatItIsGivenUpOn(Webhook webhook, DateTimeOffset now, CancellationToken cancel)
    {
        var taken = await db.WebhookDeliveries.Where(one =>
                one.WebhookId == webhook.WebhookId && one.Outcome == WebhookDelivery.Delivered)
            .MaxAsync(one => one.EndedAt, cancel) ?? webhook.CreatedAt;
        var matter = Matter(webhook);
        if (await db.Lines.AnyAsync(line => line.Matter == matter && line.Kind == GivenUp && line.Since > taken, cancel)) return;
        await Write(webhook, GivenUp, now, cancel);
    }

    public Task ThatItHasEnded(Webhook webhook, DateTimeOffset now, CancellationToken cancel) =>
        Write(webhook, Ended, now, cancel);

    private Task<int> Write(Webhook webhook, string kind, DateTimeOffset now, CancellationToken cancel)
    {
        db.Add(new InboxLine
        {
            LineId = Guid.CreateVersion7(now), OrganisationId = webhook.OrganisationId, Roles = [Roles.Admin], Kind = kind,
            // The host alone: the rest of an address may hold a secret of the receiver's.
            Arguments = new Dictionary<string, string>(StringComparer.Ordinal) { ["host"] = new Uri(webhook.Url).Host },
            Matter = Matter(webhook), Whose = webhook.OrganisationId, Occasion = now.ToUnixTimeMilliseconds(),
            SubjectKind = "webhook", SubjectId = webhook.WebhookId, Path = $"/inkorg/webhookar/{webhook.WebhookId}", Since = now,
            MustAct = false,
        });
        return db.SaveChangesAsync(cancel);
    }

    private static string Matter(Webhook webhook) => $"webhook:{webhook.WebhookId}";
}
