using Iop.Kernel;
using Iop.Notifications.Mailing;
using Iop.Notifications.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Operating;

/// <summary>When the mail server has been mended, the operator has all mails that were given up on tried again (försöker med
/// alla igen): at most a thousand at a time, the oldest first. The audit trail says who asked, and how many there were.</summary>
internal static class SendMailsAgain
{
    private const int MailsMax = 1_000;

    /// <param name="Left">Given up on still: over the thousand.</param>
    public sealed record Tried(int Sent, long Left);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/operating/mails/again", Handle).WithName(nameof(SendMailsAgain));

    /// <summary>What was given up on and could still be of use: a link that is too old could not.</summary>
    public static IQueryable<Mail> GivenUp(NotificationsDb db, DateTimeOffset now) => db.Mails.Where(mail =>
        mail.Outcome == Mail.GivenUp
        && (mail.LinkId == null || db.AccountLinks.Any(link => link.LinkId == mail.LinkId && link.ExpiresAt > now)));

    internal static async Task<Answer<Tried>> Handle(
        Caller caller, SystemWork system, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Operator) is { } missing) return missing;
        var now = clock.GetUtcNow();
        return await system.InTransaction<Answer<Tried>>(async scope =>
        {
            var db = scope.GetRequiredService<NotificationsDb>();
            var oldest = GivenUp(db, now).OrderBy(mail => mail.CreatedAt).ThenBy(mail => mail.MailId).Select(mail => mail.MailId)
                .Take(MailsMax);
            var sent = await db.Mails.Where(mail => oldest.Contains(mail.MailId)).ExecuteUpdateAsync(set => set
                .SetProperty(one => one.DueAt, now).SetProperty(one => one.AgainAt, now).SetProperty(one => one.Attempts, 0)
                .SetProperty(one => one.EndedAt, (DateTimeOffset?)null).SetProperty(one => one.Outcome, (string?)null), cancel);
            await db.Note(caller, nameof(SendMailsAgain), Guid.Empty, $"sent {sent} mails again", now, cancel);
            return new Tried(sent, await GivenUp(db, now).LongCountAsync(cancel));
        }, cancel);
    }
}
