using Iop.Notifications.Domain;
using Iop.Notifications.Mailing;
using Iop.Notifications.Storage;
using Iop.Notifications.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Inbox;

/// <summary>Writes lines into inboxes, once each, with the mails and webhooks that go with them; and marks done what is
/// done.</summary>
internal sealed class WriteLines(NotificationsDb db, QueueMail mail, QueueWebhooks webhooks, TimeProvider clock)
{
    public async Task Finish(Finish finish, long occasion, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var latest = finish.Remembered ? occasion : long.MaxValue;
        await db.Database.ExecuteSqlAsync($"""
            UPDATE inbox_line SET done_at = {now}
            WHERE matter = {finish.Matter} AND kind = {finish.Kind} AND done_at IS NULL AND occasion <= {latest}
              AND ({finish.Whose}::uuid IS NULL OR whose = {finish.Whose}::uuid)
            """, cancel);
        if (!finish.Remembered) return;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO finished AS known (matter, kind, whose, occasion)
            VALUES ({finish.Matter}, {finish.Kind}, {finish.Whose ?? Guid.Empty}, {occasion})
            ON CONFLICT (matter, kind, whose) DO UPDATE SET occasion = greatest(known.occasion, excluded.occasion)
            """, cancel);
    }

    public async Task Write(Line line, Recipient to, Circle? circle, long occasion, CancellationToken cancel)
    {
        var same = db.Lines.Where(known =>
            known.OrganisationId == to.Organisation && known.UnitId == to.Unit && known.Kind == line.Kind
            && known.Matter == line.Matter && known.Whose == to.Whose);
        if (await same.AnyAsync(known => known.Occasion == occasion, cancel)) return; // told before
        if (line.MustAct && await same.AnyAsync(known => known.Occasion > occasion, cancel)) return; // asked anew since
        var now = clock.GetUtcNow();
        if (line.MustAct)
            await same.Where(known => known.DoneAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(known => known.DoneAt, now), cancel);
        var isDone = line.MustAct && await IsFinished(line, to, occasion, cancel);
        var id = Guid.CreateVersion7(now);
        var written = new InboxLine
        {
            LineId = id,
            PersonId = to.Person,
            OrganisationId = to.Organisation,
            UnitId = to.Unit,
            Roles = [.. line.Roles],
            Kind = line.Kind,
            Arguments = line.Arguments,
            Matter = line.Matter,
            Whose = to.Whose,
            Occasion = occasion,
            CircleId = circle?.Id,
            SubjectKind = line.Subject.Kind,
            SubjectId = line.Subject.Id,
            Path = line.Path,
            Since = now,
            MustAct = line.MustAct,
            DoneAt = isDone ? now : null,
        };
        db.Add(written);
        await db.SaveChangesAsync(cancel);
        if (line.MustAct && !isDone) await mail.About(written, now, cancel);
        await webhooks.About(written, now, cancel);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO dismissal (line_id, person_id, dismissed_at)
            SELECT {id}, person_id, {now} FROM own_part_done
            WHERE matter = {line.Matter} AND kind = {line.Kind} AND whose = {to.Whose} AND occasion >= {occasion}
            """, cancel);
    }

    private Task<bool> IsFinished(Line line, Recipient to, long occasion, CancellationToken cancel) =>
        db.Database.SqlQuery<bool>($"""
        SELECT EXISTS (SELECT FROM finished WHERE matter = {line.Matter} AND kind = {line.Kind}
          AND (whose = {to.Whose} OR whose = {Guid.Empty}) AND occasion >= {occasion}) AS "Value"
        """).SingleAsync(cancel);
}
