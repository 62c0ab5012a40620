using Iop.Notifications.Calendar;
using Iop.Notifications.Domain;
using Iop.Notifications.Inbox;
using Iop.Notifications.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Telling;

/// <summary>One reaction for every fact that people hear of: what it means is said by its rule, this carries it out.</summary>
internal sealed class Tell<TMessage>(
    NotificationsDb db, Rules rules, KeepDeadlines deadlines, WriteLines inbox, TimeProvider clock) : IConsumer<TMessage>
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
        foreach (var finish in tidings.Finishes) await inbox.Finish(finish, occasion, cancel);
        foreach (var part in tidings.OwnParts) await PutAway(part, occasion, cancel);
        foreach (var line in tidings.Lines)
        {
            foreach (var recipient in await Recipients(line.To, tidings.Circle, cancel))
                await inbox.Write(line, recipient, tidings.Circle, occasion, cancel);
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
            var line = AgreementRules.Joined(circle, later.PartyId, later.OrganisationId);
            await inbox.Write(line, to, circle, later.Occasion, cancel);
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
        await inbox.Write(AgreementRules.Left(circle, party.Party, on), to, circle, occasion, cancel);
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
        var members = await db.Members.Where(member => member.CircleId == circle.Id && member.OrganisationId != to.Except)
            .Select(member => new Recipient(member.OrganisationId, member.UnitId, member.OrganisationId)).Distinct()
            .ToListAsync(cancel);
        var meant = to.Members?.SelectMany(one => Of(one, members))
            ?? members.Select(one => one.Organisation).Distinct().SelectMany(own => Of(new Recipient(own, null, own), members));
        return [.. meant.Distinct().Where(one => !gone.Contains((one.Organisation, one.Unit)))];
    }

    /// <summary>Whoever is named as a legal person is told by the units that are in the circle: another unit's people are
    /// strangers to it, or its guests. Acting for the whole legal person covers its units: told once.</summary>
    private static IEnumerable<Recipient> Of(Recipient named, IReadOnlyList<Recipient> members)
    {
        var own = members.Where(member => member.Organisation == named.Organisation).ToList();
        return named.Unit is not null || own.Count == 0 || own.Exists(member => member.Unit is null)
            ? [named] : own.Select(member => named with { Unit = member.Unit });
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
}
