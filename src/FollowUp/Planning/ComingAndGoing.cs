using Iop.FollowUp.Storage;
using Iop.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Planning;

/// <summary>Who sees a partnership's plans: the parties of its agreements, but for those who have left the partnership. What the
/// agreements tell and what is told of the parties count by themselves, and come in any order.</summary>
internal sealed class ComingAndGoing(FollowUpDb db)
{
    private const string Told = nameof(ComingAndGoing);

    public async Task LetIn(Guid partnership, IEnumerable<Admission> parties, CancellationToken cancel)
    {
        await OneAtATime(partnership, cancel);
        foreach (var party in parties)
            await db.LetInAsSystem(party with { To = await LastDay(party, cancel) }, cancel);
    }

    /// <summary>Sees nothing after its last day.</summary>
    public async Task Goes(Guid partnership, PartyAsTold party, DateOnly lastDay, CancellationToken cancel)
    {
        await OneAtATime(partnership, cancel);
        if (await db.HasHeard(Told, party.Id, party.Sequence, cancel)) return;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO gone_party (partnership_id, organisation_id, unit_id, last_day)
            VALUES ({partnership}, {party.Organisation}, {party.Unit}, {lastDay}) ON CONFLICT DO NOTHING
            """, cancel);
        await Close(partnership, party, lastDay, cancel);
    }

    /// <summary>Sees what it saw again, if it ever did.</summary>
    public async Task Comes(Guid partnership, PartyAsTold party, CancellationToken cancel)
    {
        await OneAtATime(partnership, cancel);
        if (await db.HasHeard(Told, party.Id, party.Sequence, cancel)) return;
        await db.Database.ExecuteSqlAsync($"""
            DELETE FROM gone_party WHERE partnership_id = {partnership} AND organisation_id = {party.Organisation}
              AND unit_id IS NOT DISTINCT FROM {party.Unit}
            """, cancel);
        await Close(partnership, party, null, cancel);
    }

    private Task<int> Close(Guid partnership, PartyAsTold party, DateOnly? lastDay, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"""
            UPDATE access SET valid_to = {lastDay} WHERE partnership_id = {partnership}
              AND organisation_id = {party.Organisation} AND unit_id IS NOT DISTINCT FROM {party.Unit} AND person_id IS NULL
            """, cancel);

    private Task<DateOnly?> LastDay(Admission party, CancellationToken cancel) => db.Database.SqlQuery<DateOnly?>($"""
        SELECT last_day AS "Value" FROM gone_party WHERE partnership_id = {party.Partnership}
          AND organisation_id = {party.Organisation} AND unit_id IS NOT DISTINCT FROM {party.Unit}
        """).SingleOrDefaultAsync(cancel);

    private Task<int> OneAtATime(Guid partnership, CancellationToken cancel) => db.Database.ExecuteSqlAsync(
        $"SELECT pg_advisory_xact_lock(hashtextextended({partnership.ToString()}, 4715))", cancel);
}

/// <summary>A party of a partnership, as Agreements tells of it.</summary>
internal sealed record PartyAsTold(Guid Id, Guid Organisation, Guid? Unit, long Sequence);
