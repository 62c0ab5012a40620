using Iop.Notifications.Calendar;
using Iop.Notifications.Domain;
using Iop.Notifications.Mailing;
using Iop.Notifications.Storage;
using Iop.Notifications.Webhooks;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Telling;

/// <summary>One reaction for every fact that people hear of: what it means is said by its rule, this carries it out.</summary>
internal sealed class Tell<TMessage>(NotificationsDb db, Rules rules, KeepDeadlines deadlines, QueueMail mail,
    QueueWebhooks webhooks, TimeProvider clock) : IConsumer<TMessage>
    where TMessage : class
{
    public async Task Consume(ConsumeContext<TMessage> context)
    {
        var cancel = context.CancellationToken;
        var (tidings, occasion) = rules.For(context.Message);
        if (tidings.Circle is { } circle) await Remember(circle, cancel);
        if (tidings is { Standing: { } standing, Circle: { } whose }) await Stands(whose, standing, occasion, cancel);
        if (tidings.Circle is { } of) await deadlines.Keep(of, tidings, occasion, cancel);
        foreach (var matter in Matters(tidings)) await db.OneAtATime(matter, cancel);
        foreach (var finish in tidings.Finishes) await Finish(finish, occasion, cancel);
        foreach (var part in tidings.OwnParts) await PutAway(part, occasion, cancel);
        foreach (var line in tidings.Lines)
        {
            foreach (var recipient in await Recipients(line.To, tidings.Circle, cancel))
                await Write(line, recipient, tidings.Circle, occasion, cancel);
        }
    }

    // In a fixed order, so that two who tell of the same matters never wait for each other in a ring.
    private static IEnumerable<string> Matters(Tidings tidings) =>
        tidings.Lines.Select(line => line.Matter).Concat(tidings.Finishes.Select(finish => finish.Matter))
            .Concat(tidings.OwnParts.Select(part => part.Matter))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private async Task Remember(Circle circle, CancellationToken cancel)
    {
        if (circle.Title is { } title)
        {
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO circle (circle_id, title) VALUES ({circle.Id}, {title}) ON CONFLICT DO NOTHING", cancel);
        }
        foreach (var member in (circle.Members ?? []).Distinct())
        {
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO circle_member (circle_id, organisation_id, unit_id, role)
                VALUES ({circle.Id}, {member.Organisation}, {member.Unit}, {member.Role}) ON CONFLICT DO NOTHING
                """, cancel);
        }
    }

    private async Task Stands(Circle circle, Standing party, long occasion, CancellationToken cancel)
    {
        await db.OneAtATime($"circle:{circle.Id}", cancel);
        var isNews = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO circle_standing AS known (circle_id, party_id, organisation_id, unit_id, occasion, has_left)
            VALUES ({circle.Id}, {party.Party}, {party.Organisation}, {party.Unit}, {occasion}, {party.LeftOn != null})
            ON CONFLICT (circle_id, party_id) DO UPDATE SET occasion = excluded.occasion, has_left = excluded.has_left
              WHERE known.occasion < excluded.occasion
            """, cancel) > 0;
        if (!isNews) return;
        if (party.LeftOn is { } on) await TellOfLeaving(circle, party, on, occasion, cancel);
        else await TellOfJoining(circle, party, cancel);
    }

    /// <summary>Each pair once, told when the second of the two facts has come.</summary>
    private async Task TellOfJoining(Circle circle, Standing joining, CancellationToken cancel)
    {
        var all = await db.Standings.AsNoTracking().Where(one => one.CircleId == circle.Id && !one.HasLeft).ToListAsync(cancel);
        var own = all.Single(one => one.PartyId == joining.Party);
        foreach (var other in all.Where(one => one.OrganisationId != own.OrganisationId))
        {
            var (earlier, later) = other.Occasion < own.Occasion ? (other, own) : (own, other);
            var to = new Recipient(earlier.OrganisationId, earlier.UnitId, earlier.OrganisationId);
            await Write(AgreementRules.Joined(circle, later.PartyId, later.OrganisationId), to, circle, later.Occasion, cancel);
        }
    }

    /// <summary>What awaited it awaits it no more.</summary>
    private async Task TellOfLeaving(Circle circle, Standing party, DateOnly on, long occasion, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var anotherUnitStays = await db.Standings.AnyAsync(one =>
            one.CircleId == circle.Id && one.OrganisationId == party.Organisation && !one.HasLeft, cancel);
        await db.Lines.Where(line => line.CircleId == circle.Id && line.OrganisationId == party.Organisation
                && (line.UnitId == party.Unit || !anotherUnitStays) && line.MustAct && line.DoneAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(line => line.DoneAt, now), cancel);
        var to = new Recipient(party.Organisation, party.Unit, party.Organisation);
        await Write(AgreementRules.Left(circle, party.Party, on), to, circle, occasion, cancel);
    }

    /// <summary>Whoever is meant, but for those who have left.</summary>
    private async Task<IReadOnlyList<Recipient>> Recipients(To to, Circle? circle, CancellationToken cancel)
    {
        if (circle is null)
        {
            return to.Members ?? throw new InvalidOperationException(
                $"{typeof(TMessage).Name}: everybody is to be told, but in which circle?");
        }
        var parties = await db.Standings.AsNoTracking().Where(one => one.CircleId == circle.Id).ToListAsync(cancel);
        var gone = parties.Where(one => one.HasLeft).Select(one => (one.OrganisationId, one.UnitId))
            .Concat(parties.GroupBy(one => one.OrganisationId).Where(own => own.All(one => one.HasLeft))
                .Select(own => (own.Key, (Guid?)null))).ToHashSet();
        if (to.Members is { } named) return [.. named.Where(one => !gone.Contains((one.Organisation, one.Unit)))];
        var members = await db.Members.Where(member => member.CircleId == circle.Id && member.OrganisationId != to.Except)
            .Select(member => new { member.OrganisationId, member.UnitId }).Distinct().ToListAsync(cancel);
        // Acting for the whole legal person covers its units: told once.
        return [.. members.Where(member => !gone.Contains((member.OrganisationId, member.UnitId)))
            .GroupBy(member => member.OrganisationId).SelectMany(own => own.Any(member => member.UnitId is null)
                ? [new Recipient(own.Key, null, own.Key)]
                : own.Select(member => new Recipient(own.Key, member.UnitId, own.Key)))];
    }

    private async Task Finish(Finish finish, long occasion, CancellationToken cancel)
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

    private async Task PutAway(OwnPart part, long occasion, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO own_part_done AS known (matter, kind, whose, person_id, occasion)
            VALUES ({part.Matter}, {part.Kind}, {part.Whose}, {part.Person}, {occasion})
            ON CONFLICT (matter, kind, whose, person_id) DO UPDATE SET occasion = greatest(known.occasion, excluded.occasion)
            """, cancel);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO dismissal (line_id, person_id, dismissed_at)
            SELECT line_id, {part.Person}, {now} FROM inbox_line
            WHERE matter = {part.Matter} AND kind = {part.Kind} AND whose = {part.Whose} AND done_at IS NULL AND occasion <= {occasion}
            ON CONFLICT (line_id, person_id) DO UPDATE SET until = NULL
            """, cancel);
    }

    private async Task Write(Line line, Recipient to, Circle? circle, long occasion, CancellationToken cancel)
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
