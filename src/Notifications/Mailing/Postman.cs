using Iop.Kernel;
using Iop.Notifications.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Mailing;

/// <summary>
/// Sends what is due. An attempt is written down before the server is spoken to, so that a crash costs a wait and never a mail;
/// between the server's yes and our writing it down, or where the server never says yes, lies the one case in which a mail may be
/// handed over twice, then with the same Message-ID. Rounds and replicas share the work: a server that takes its time with one
/// mail holds up no other.
/// </summary>
internal sealed class Postman(
    SystemWork system, MailSettings settings, SmtpSender sender, TimeProvider clock, ILogger<Postman> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ServerPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndedAreKept = TimeSpan.FromDays(90);
    private const int RoundsAtOnce = 3;
    private const int PerRoundMax = 1000;
    private const int MorningRoundsMax = 1000;
    private DateOnly? _morning;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.IsOn)
        {
            log.LogInformation("No mail server is set (Mail:Host): people are told in their inboxes only.");
            return;
        }
        await Task.WhenAll(Enumerable.Range(0, RoundsAtOnce).Select(_ => Keep(Round, stoppingToken))
            .Append(Keep(async cancel =>
            {
                await Morning(cancel);
                return true;
            }, stoppingToken)));
    }

    private async Task Keep(Func<CancellationToken, Task<bool>> work, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var pause = Pause;
            try
            {
                if (!await work(stopping)) pause = ServerPause;
            }
            catch (Exception trouble) when (trouble is not OperationCanceledException)
            {
                log.LogWarning(trouble, "Mail could not be seen to just now.");
            }
            catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning("Mail could not be seen to just now: something took too long.");
            }
            await Task.Delay(pause, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>False when the server is away: everything waits a while.</returns>
    internal async Task<bool> Round(CancellationToken cancel)
    {
        for (var sent = 0; sent < PerRoundMax; sent++)
        {
            if (await Claim(cancel) is not { } mail) return true;
            if (await Attempt(mail, cancel) == Posted.ServerIsAway) return false;
        }
        return true;
    }

    /// <summary>Once a morning: who gets the news, and what has long been done is forgotten.</summary>
    internal async Task Morning(CancellationToken cancel)
    {
        var (now, today) = (clock.GetUtcNow(), clock.Today());
        if (_morning == today || now < QueueMail.MorningOf(today)) return;
        for (var round = 0; round < MorningRoundsMax; round++)
        {
            var queued = await system.InTransaction(
                scope => scope.GetRequiredService<QueueMail>().Morning(today, now, cancel), cancel);
            if (queued == 0) break;
        }
        await system.InTransaction(scope => scope.GetRequiredService<NotificationsDb>().Mails
            .Where(mail => mail.EndedAt < now - EndedAreKept && mail.Day == null).ExecuteDeleteAsync(cancel), cancel);
        await system.InTransaction(scope =>
        {
            var db = scope.GetRequiredService<NotificationsDb>();
            return db.AccountLinks.Where(link => link.ExpiresAt < now
                && !db.Mails.Any(mail => mail.LinkId == link.LinkId && mail.EndedAt == null)).ExecuteDeleteAsync(cancel);
        }, cancel);
        _morning = today;
    }

    private Task<Mail?> Claim(CancellationToken cancel) => system.InTransaction(async scope =>
    {
        var (db, now) = (scope.GetRequiredService<NotificationsDb>(), clock.GetUtcNow());
        var mail = await db.Mails.FromSql($"""
            SELECT * FROM mail WHERE ended_at IS NULL AND due_at <= {now} ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
            """).AsAsyncEnumerable().FirstOrDefaultAsync(cancel);
        if (mail is null) return null;
        mail.Attempts++;
        // Nobody else takes it while the server may still answer.
        mail.HeldUntil = now + settings.HandOverMax + settings.AnswerMax;
        mail.DueAt = mail.HeldUntil.Value + Attempts.WaitAfter(mail.Attempts);
        await db.SaveChangesAsync(cancel);
        return mail;
    }, cancel);

    private async Task<Posted> Attempt(Mail mail, CancellationToken cancel)
    {
        var letter = await system.InTransaction(
            scope => scope.GetRequiredService<WriteLetter>().Of(mail, clock.GetUtcNow(), cancel), cancel);
        if (letter is null)
        {
            await End(mail, Mail.Unneeded, null, cancel);
            return Posted.Taken;
        }
        var (posted, trouble) = await sender.Send(letter, cancel);
        var outcome = posted switch
        {
            Posted.Taken => Mail.Sent,
            Posted.Refused => Mail.Refused,
            Posted.PerhapsTaken when mail.PerhapsTaken + 1 >= Attempts.HandedOverAtMost => Mail.Unanswered,
            _ => clock.GetUtcNow() - (mail.AgainAt ?? mail.CreatedAt) > Attempts.TriedAtMost ? Mail.GivenUp : null,
        };
        if (posted != Posted.Taken)
            log.LogInformation("A mail did not arrive at attempt {Attempt}: {Trouble}.", mail.Attempts, trouble);
        // That it may have been taken is kept also by a service that is being stopped.
        var perhaps = posted == Posted.PerhapsTaken;
        await End(mail, outcome, posted == Posted.Taken ? null : trouble, perhaps ? default : cancel, perhaps ? 1 : 0);
        return posted;
    }

    private Task<int> End(Mail mail, string? outcome, string? trouble, CancellationToken cancel, int perhapsTaken = 0) =>
        system.InTransaction(scope =>
        {
            var now = clock.GetUtcNow();
            DateTimeOffset? at = outcome is null ? null : now;
            var due = now + Attempts.WaitAfter(mail.Attempts);
            return scope.GetRequiredService<NotificationsDb>().Mails.Where(one => one.MailId == mail.MailId).ExecuteUpdateAsync(
                set => set.SetProperty(one => one.EndedAt, at).SetProperty(one => one.Outcome, outcome)
                    .SetProperty(one => one.DueAt, due).SetProperty(one => one.Trouble, trouble)
                    .SetProperty(one => one.HeldUntil, (DateTimeOffset?)null)
                    .SetProperty(one => one.PerhapsTaken, one => one.PerhapsTaken + perhapsTaken), cancel);
        }, cancel);
}
