using Iop.Kernel;
using Iop.Notifications.Domain;
using Iop.Notifications.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Mailing;

/// <summary>Puts mails in line: one to each whom a task awaits, and each morning one with the news.</summary>
internal sealed class QueueMail(NotificationsDb db, MailSettings settings)
{
    private const int MorningsPerRoundMax = 500;
    private const int LeftMax = 100;
    private static readonly TimeOnly MorningAt = new(7, 0);
    private static readonly TimeSpan NewsAgeMax = TimeSpan.FromDays(7);

    /// <summary>About a line that asks for an act, to all who want such mail at once. Who acts for the whole organisation gets
    /// one for an act of it, however many of its units are told.</summary>
    public async Task About(InboxLine line, DateTimeOffset now, CancellationToken cancel)
    {
        if (!settings.IsOn) return;
        var people = await Addressees.Of(line, db, cancel);
        var ids = people.Select(one => one.PersonId).ToList();
        var otherwise = await db.MailChoices.Where(choice =>
                choice.OrganisationId == line.OrganisationId && ids.Contains(choice.PersonId) && choice.How != MailChoice.AtOnce)
            .Select(choice => choice.PersonId).ToListAsync(cancel);
        foreach (var person in ids.Except(otherwise))
        {
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO mail (mail_id, person_id, organisation_id, line_id, created_at, due_at)
                SELECT {Guid.CreateVersion7(now)}, {person}, {line.OrganisationId}, {line.LineId}, {now}, {now + Attempts.Breath}
                WHERE NOT EXISTS (SELECT FROM mail known JOIN inbox_line same USING (line_id)
                  WHERE known.person_id = {person} AND same.organisation_id = {line.OrganisationId} AND same.kind = {line.Kind}
                    AND same.matter = {line.Matter} AND same.whose = {line.Whose} AND same.occasion = {line.Occasion})
                ON CONFLICT DO NOTHING
                """, cancel);
        }
    }

    /// <summary>About the tasks that nobody of the organisation can do any more: whoever could has left. Who wants one mail a day
    /// finds them in the next.</summary>
    public async Task AboutWhatIsLeft(Guid organisation, DateTimeOffset now, CancellationToken cancel)
    {
        var lines = db.Lines.Where(line => line.OrganisationId == organisation);
        var nobodys = lines.LeftToNobody(db).Select(line => line.LineId);
        await lines.Where(line => line.LeftAt != null && !nobodys.Contains(line.LineId))
            .ExecuteUpdateAsync(set => set.SetProperty(line => line.LeftAt, (DateTimeOffset?)null), cancel);
        await lines.Where(line => line.LeftAt == null && nobodys.Contains(line.LineId))
            .ExecuteUpdateAsync(set => set.SetProperty(line => line.LeftAt, now), cancel);
        if (!settings.IsOn) return;
        var left = await db.Lines.AsNoTracking().Where(line => line.OrganisationId == organisation).LeftToNobody(db)
            .OrderByDescending(line => line.Since).Take(LeftMax).ToListAsync(cancel);
        foreach (var line in left) await About(line, now, cancel);
    }

    /// <summary>The morning's mails, for whoever something has come since her last one, or has come back that she had put off:
    /// also when no mail could leave on that very day. Nobody gets two of a day, whoever asks and how often.</summary>
    /// <returns>How many were put in line; ask again until none are.</returns>
    public async Task<int> Morning(DateOnly day, DateTimeOffset now, CancellationToken cancel)
    {
        var until = MorningOf(day);
        if (now < until) return 0;
        var oldest = until - NewsAgeMax;
        var found = await db.Database.SqlQuery<Reader>($"""
            SELECT DISTINCT r.person_id, r.organisation_id, last.since
            FROM recipient r
            CROSS JOIN LATERAL (
              SELECT greatest(max(m.until), {oldest}) AS since, max(m.day) AS day FROM mail m
              WHERE m.person_id = r.person_id AND m.organisation_id = r.organisation_id) last
            LEFT JOIN mail_choice c ON c.person_id = r.person_id AND c.organisation_id = r.organisation_id
            JOIN inbox_line l ON l.organisation_id = r.organisation_id AND l.done_at IS NULL
              AND (l.unit_id IS NULL OR r.unit_id IS NULL OR r.unit_id = l.unit_id)
              AND cardinality(r.roles) > 0
              AND (((l.person_id IS NULL OR l.person_id = r.person_id) AND (cardinality(l.roles) = 0 OR l.roles && r.roles))
                OR (l.must_act AND {Roles.Admin} = ANY (r.roles) AND NOT EXISTS (SELECT FROM recipient o
                  WHERE o.organisation_id = l.organisation_id AND cardinality(o.roles) > 0
                    AND (l.unit_id IS NULL OR o.unit_id IS NULL OR o.unit_id = l.unit_id)
                    AND (l.person_id IS NULL OR l.person_id = o.person_id)
                    AND (cardinality(l.roles) = 0 OR l.roles && o.roles))))
            LEFT JOIN dismissal d ON d.line_id = l.line_id AND d.person_id = r.person_id
            WHERE coalesce(c.how, {MailChoice.AtOnce}) <> {MailChoice.Never} AND (last.day IS NULL OR last.day < {day})
              AND ((d.until <= {day} AND d.until > coalesce(last.day, '-infinity')) OR (d.line_id IS NULL AND (NOT l.must_act OR c.how = {MailChoice.Daily})
                AND greatest(l.since, l.left_at) > last.since AND greatest(l.since, l.left_at) <= {until}))
            LIMIT {MorningsPerRoundMax}
            """).ToListAsync(cancel);
        foreach (var reader in found)
        {
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO mail (mail_id, person_id, organisation_id, day, since, until, created_at, due_at)
                VALUES ({Guid.CreateVersion7(now)}, {reader.person_id}, {reader.organisation_id}, {day}, {reader.since}, {until},
                        {now}, {now})
                ON CONFLICT DO NOTHING
                """, cancel);
        }
        return found.Count;
    }

    public static DateTimeOffset MorningOf(DateOnly day) => SwedishTime.At(day, MorningAt);

    private sealed record Reader(Guid person_id, Guid organisation_id, DateTimeOffset since);
}
