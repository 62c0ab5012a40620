using Iop.Kernel;
using Iop.Notifications.Mailing;
using Iop.Notifications.Storage;
using Iop.Notifications.Webhooks;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Operating;

/// <summary>The operator sees mails and webhooks that have not arrived, and has them tried again. Whose they are and what went
/// wrong, never an address or a word of what they say.</summary>
internal static class OperateMail
{
    private const int ItemsMax = 200;

    /// <param name="Sort">mail or webhook.</param>
    /// <param name="State">tried (and will be again), refused or given-up.</param>
    /// <param name="Trouble">What was answered last: a code.</param>
    public sealed record Failed(Guid Id, string Sort, Guid OrganisationId, string Organisation, DateTimeOffset CreatedAt,
        int Attempts, DateTimeOffset? DueAt, string State, string? Trouble);

    /// <param name="Waiting">Mails due, or to be tried again.</param>
    public sealed record View(IReadOnlyList<Failed> Items, long Waiting);

    public sealed record Again(Guid Id, DateTimeOffset DueAt);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/operating/unsent", Show).WithName("ListUnsent");
        api.MapPost("/operating/mails/{id:guid}/again", Mail).WithName("MailAgain");
        api.MapPost("/operating/webhook-deliveries/{id:guid}/again", Webhook).WithName("DeliverAgain");
    }

    internal static async Task<Answer<View>> Show(Caller caller, SystemWork system, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Operator) is { } missing) return missing;
        return await system.InTransaction(async scope =>
        {
            var db = scope.GetRequiredService<NotificationsDb>();
            var mails = await db.Mails.AsNoTracking().Where(one => one.Outcome == Mailing.Mail.Refused
                    || one.Outcome == Mailing.Mail.GivenUp || (one.EndedAt == null && one.Attempts > 0))
                .OrderByDescending(one => one.CreatedAt).Take(ItemsMax).ToListAsync(cancel);
            var calls = await db.WebhookDeliveries.AsNoTracking()
                .Where(one => one.Outcome == WebhookDelivery.GivenUp || (one.EndedAt == null && one.Attempts > 0))
                .Join(db.Webhooks.Where(hook => hook.EndedAt == null), one => one.WebhookId, hook => hook.WebhookId,
                    (one, hook) => new { one, hook.OrganisationId })
                .OrderByDescending(row => row.one.CreatedAt).Take(ItemsMax).ToListAsync(cancel);
            var names = await db.Organisations.AsNoTracking()
                .ToDictionaryAsync(one => one.OrganisationId, one => one.Name, cancel);
            var waiting = await db.Mails.LongCountAsync(one => one.EndedAt == null, cancel);
            return new View(
            [
                .. mails.Select(one => new Failed(one.MailId, "mail", one.OrganisationId, Name(one.OrganisationId), one.CreatedAt,
                    one.Attempts, one.EndedAt is null ? one.DueAt : null, one.Outcome ?? "tried", one.Trouble)),
                .. calls.Select(row => new Failed(row.one.DeliveryId, "webhook", row.OrganisationId, Name(row.OrganisationId),
                    row.one.CreatedAt, row.one.Attempts, row.one.EndedAt is null ? row.one.DueAt : null,
                    row.one.Outcome ?? "tried", row.one.Answer)),
            ], waiting);

            string Name(Guid organisation) => names.GetValueOrDefault(organisation) ?? "";
        }, cancel);
    }

    internal static Task<Answer<Again>> Mail(
        Guid id, Caller caller, NotificationsDb db, SystemWork system, TimeProvider clock, CancellationToken cancel) =>
        Try("MailAgain", "mail", id, caller, db, system, clock, (all, now) => all.Mails
            .Where(one => one.MailId == id && one.Outcome != Mailing.Mail.Sent && one.Outcome != Mailing.Mail.Unneeded)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.DueAt, now).SetProperty(one => one.Attempts, 0)
                .SetProperty(one => one.EndedAt, (DateTimeOffset?)null).SetProperty(one => one.Outcome, (string?)null), cancel),
                cancel);

    internal static Task<Answer<Again>> Webhook(
        Guid id, Caller caller, NotificationsDb db, SystemWork system, TimeProvider clock, CancellationToken cancel) =>
        Try("DeliverAgain", "webhook delivery", id, caller, db, system, clock, (all, now) => all.WebhookDeliveries
            .Where(one => one.DeliveryId == id && one.Outcome != WebhookDelivery.Delivered)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.DueAt, now).SetProperty(one => one.Attempts, 0)
                .SetProperty(one => one.EndedAt, (DateTimeOffset?)null).SetProperty(one => one.Outcome, (string?)null), cancel),
                cancel);

    private static async Task<Answer<Again>> Try(string operation, string what, Guid id, Caller caller, NotificationsDb db,
        SystemWork system, TimeProvider clock, Func<NotificationsDb, DateTimeOffset, Task<int>> again, CancellationToken cancel)
    {
        if (!caller.Has(Roles.Operator)) return Refusal.NotFound;
        var now = clock.GetUtcNow();
        var found = await system.InTransaction(scope => again(scope.GetRequiredService<NotificationsDb>(), now), cancel);
        if (found == 0) return Refusal.NotFound;
        await db.Note(caller, operation, id, $"sent {what} again", now, cancel);
        return new Again(id, now);
    }
}
