using System.Globalization;
using Iop.Kernel;
using Iop.Notifications.Domain;
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
    // What should have gone so long ago and has not been tried: nobody sends. A mail that has been tried waits for its server,
    // for an hour at most without being told of.
    private static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan TriedAtMost = TimeSpan.FromHours(1);

    /// <param name="Sort">mail or webhook.</param>
    /// <param name="State">tried (and will be again), refused, given-up or unanswered (perhaps taken).</param>
    /// <param name="Trouble">What was answered last: a code.</param>
    /// <param name="UnderWay">A mail that is being handed over just now: it cannot be tried again until the server has
    /// answered.</param>
    public sealed record Failed(Guid Id, string Sort, Guid OrganisationId, string Organisation, DateTimeOffset CreatedAt,
        int Attempts, DateTimeOffset? DueAt, string State, string? Trouble, bool UnderWay);

    /// <param name="Waiting">Mails due, or to be tried again.</param>
    /// <param name="Ended">Mails and calls that were refused or given up on: all, not only those of this page.</param>
    /// <param name="GivenUp">Mails that can all be tried again at once.</param>
    /// <param name="Late">Mails and calls that should have gone long ago.</param>
    public sealed record View(IReadOnlyList<Failed> Items, long Waiting, long Ended, long Late, long GivenUp);

    public sealed record Again(Guid Id, DateTimeOffset DueAt);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/operating/unsent", Show).WithName("ListUnsent");
        api.MapPost("/operating/mails/{id:guid}/again", Mail).WithName("MailAgain");
        api.MapPost("/operating/webhook-deliveries/{id:guid}/again", Webhook).WithName("DeliverAgain");
    }

    internal static async Task<Answer<View>> Show(
        Caller caller, Paging paging, HttpRequest request, SystemWork system, MailSettings mail, TimeProvider clock,
        CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        if (caller.Lacks(Roles.Operator) is { } missing) return missing;
        return await system.InTransaction<Answer<View>>(async scope =>
        {
            var db = scope.GetRequiredService<NotificationsDb>();
            var (mails, calls) = (Mails(db), Calls(db));
            var page = await Newest(mails, calls, paging, clock.GetUtcNow(), cancel);
            var shown = page.Take(paging.Limit).ToList();
            var whose = shown.Select(one => one.OrganisationId).Distinct().ToList();
            var names = await db.Organisations.AsNoTracking().Where(one => whose.Contains(one.OrganisationId))
                .ToDictionaryAsync(one => one.OrganisationId, one => one.Name, cancel);
            var view = new View(
                [.. shown.Select(one => one with { Organisation = names.GetValueOrDefault(one.OrganisationId) ?? "" })],
                await db.Mails.LongCountAsync(one => one.EndedAt == null, cancel),
                await mails.LongCountAsync(one => one.EndedAt != null, cancel)
                    + await calls.LongCountAsync(one => one.Call.EndedAt != null, cancel),
                await Late(db, mail, clock.GetUtcNow(), cancel),
                await SendMailsAgain.GivenUp(db, clock.GetUtcNow()).LongCountAsync(cancel));
            return Answers.Page(view, page.Count > paging.Limit ? Paging.Next(request, Key(shown[^1])) : null);
        }, cancel);
    }

    private static async Task<long> Late(NotificationsDb db, MailSettings mail, DateTimeOffset now, CancellationToken cancel)
    {
        var (untried, unheard) = (now - LateAfter, now - TriedAtMost);
        var mails = !mail.IsOn ? 0 : await db.Mails.LongCountAsync(one => one.EndedAt == null
            && (one.DueAt < untried || (one.Attempts > 0 && (one.AgainAt ?? one.CreatedAt) < unheard)), cancel);
        return mails + await db.WebhookDeliveries.LongCountAsync(one => one.EndedAt == null && one.DueAt < untried
            && db.Webhooks.Any(hook => hook.WebhookId == one.WebhookId && hook.EndedAt == null
                && (hook.PausedUntil == null || hook.PausedUntil < untried)), cancel);
    }

    private static IQueryable<Mailing.Mail> Mails(NotificationsDb db) => db.Mails.AsNoTracking().Where(one =>
        one.Outcome == Mailing.Mail.Refused || one.Outcome == Mailing.Mail.GivenUp
        || one.Outcome == Mailing.Mail.Unanswered || (one.EndedAt == null && one.Attempts > 0));

    private static IQueryable<HookCall> Calls(NotificationsDb db) => db.WebhookDeliveries.AsNoTracking()
        .Where(one => one.Outcome == WebhookDelivery.GivenUp || (one.EndedAt == null && one.Attempts > 0))
        .Join(db.Webhooks.Where(hook => hook.EndedAt == null), one => one.WebhookId, hook => hook.WebhookId,
            (one, hook) => new HookCall { Call = one, OrganisationId = hook.OrganisationId });

    /// <summary>Of both sorts, one more than the page holds.</summary>
    private static async Task<IReadOnlyList<Failed>> Newest(
        IQueryable<Mailing.Mail> mails, IQueryable<HookCall> calls, Paging paging, DateTimeOffset now,
        CancellationToken cancel)
    {
        if (paging.After?.Split(' ') is [var at, var id] && Guid.TryParse(id, out var last)
            && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, out var before))
        {
            mails = mails.Where(one => one.CreatedAt < before || (one.CreatedAt == before && one.MailId.CompareTo(last) < 0));
            calls = calls.Where(one =>
                one.Call.CreatedAt < before || (one.Call.CreatedAt == before && one.Call.DeliveryId.CompareTo(last) < 0));
        }
        var most = paging.Skip + paging.Limit + 1;
        var failedMails = await mails.OrderByDescending(one => one.CreatedAt).ThenByDescending(one => one.MailId).Take(most)
            .ToListAsync(cancel);
        var failedCalls = await calls.OrderByDescending(one => one.Call.CreatedAt).ThenByDescending(one => one.Call.DeliveryId)
            .Take(most).ToListAsync(cancel);
        return [.. failedMails.Select(one => new Failed(one.MailId, "mail", one.OrganisationId, "", one.CreatedAt,
                one.Attempts, one.EndedAt is null ? one.DueAt : null, one.Outcome ?? "tried", one.Trouble,
                one.EndedAt is null && one.HeldUntil > now))
            .Concat(failedCalls.Select(one => new Failed(one.Call.DeliveryId, "webhook", one.OrganisationId, "",
                one.Call.CreatedAt, one.Call.Attempts, one.Call.EndedAt is null ? one.Call.DueAt : null,
                one.Call.Outcome ?? "tried", one.Call.Answer, UnderWay: false)))
            .OrderByDescending(one => one.CreatedAt).ThenByDescending(one => one.Id).Skip(paging.Skip).Take(paging.Limit + 1)];
    }

    private static string Key(Failed last) => $"{last.CreatedAt:O} {last.Id}";

    private sealed class HookCall
    {
        public required WebhookDelivery Call { get; init; }

        public required Guid OrganisationId { get; init; }
    }

    internal static Task<Answer<Again>> Mail(
        Guid id, Caller caller, SystemWork system, TimeProvider clock, CancellationToken cancel) =>
        Try("MailAgain", "mail", id, caller, system, clock, (all, now) => all.Mails
            .Where(one => one.MailId == id && one.Outcome != Mailing.Mail.Sent && one.Outcome != Mailing.Mail.Unneeded
                && (one.HeldUntil == null || one.HeldUntil <= now)) // it may have been taken up since it was looked at
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.DueAt, now).SetProperty(one => one.AgainAt, now)
                .SetProperty(one => one.Attempts, 0).SetProperty(one => one.EndedAt, (DateTimeOffset?)null)
                .SetProperty(one => one.Outcome, (string?)null), cancel), cancel, async (all, now) =>
            {
                var mail = all.Mails.Where(one => one.MailId == id);
                if (await mail.AnyAsync(one => all.AccountLinks.Any(link => link.LinkId == one.LinkId && link.ExpiresAt <= now),
                    cancel)) return OperatingRefusals.LinkTooOld;
                return await mail.AnyAsync(one => one.HeldUntil > now, cancel) ? OperatingRefusals.MailUnderWay : null;
            });

    internal static Task<Answer<Again>> Webhook(
        Guid id, Caller caller, SystemWork system, TimeProvider clock, CancellationToken cancel) =>
        Try("DeliverAgain", "webhook delivery", id, caller, system, clock, async (all, now) =>
        {
            var calls = all.WebhookDeliveries.Where(one => one.DeliveryId == id && one.Outcome != WebhookDelivery.Delivered
                && all.Webhooks.Any(hook => hook.WebhookId == one.WebhookId && hook.EndedAt == null));
            // At once: the pause was for attempts that nobody had asked for.
            await all.Webhooks.Where(hook => calls.Any(one => one.WebhookId == hook.WebhookId))
                .ExecuteUpdateAsync(set => set.SetProperty(hook => hook.PausedUntil, (DateTimeOffset?)null), cancel);
            return await calls.ExecuteUpdateAsync(set => set.SetProperty(one => one.DueAt, now)
                .SetProperty(one => one.Attempts, 0).SetProperty(one => one.EndedAt, (DateTimeOffset?)null)
                .SetProperty(one => one.Outcome, (string?)null), cancel);
        }, cancel);

    private static async Task<Answer<Again>> Try(string operation, string what, Guid id, Caller caller,
        SystemWork system, TimeProvider clock, Func<NotificationsDb, DateTimeOffset, Task<int>> again, CancellationToken cancel,
        Func<NotificationsDb, DateTimeOffset, Task<Refusal?>>? refuses = null)
    {
        if (!caller.Has(Roles.Operator)) return Refusal.NotFound;
        var now = clock.GetUtcNow();
        return await system.InTransaction<Answer<Again>>(async scope =>
        {
            var db = scope.GetRequiredService<NotificationsDb>();
            if (refuses is not null && await refuses(db, now) is { } no) return no;
            if (await again(db, now) == 0) return Refusal.NotFound;
            await db.Note(caller, operation, id, $"sent {what} again", now, cancel);
            return new Again(id, now);
        }, cancel);
    }
}
