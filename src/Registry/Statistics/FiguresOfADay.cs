using System.Text.Json;
using Iop.Registry.Domain.Counting;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Statistics;

/// <summary>The figures of a day: counted once for every state of the register, and then only read.</summary>
internal sealed class FiguresOfADay(RegistryDb db)
{
    public async Task<IReadOnlyList<Figure>> On(DateOnly day, CancellationToken cancel)
    {
        // First how often it has changed, then the facts: what comes in between is at worst counted once more.
        var changes = await CountedFacts.Changes(db, cancel);
        var kept = await db.Database.SqlQuery<string>(
            $"SELECT body::text AS \"Value\" FROM counted_figures WHERE as_of = {day} AND changes = {changes}")
            .SingleOrDefaultAsync(cancel);
        if (kept is not null) return JsonSerializer.Deserialize<List<Figure>>(kept)!;
        var figures = CountingRules.Figures(await CountedFacts.Read(db, cancel), day, await CountedFacts.People(db, cancel),
            CountedFacts.Bodies);
        await Keep(day, changes, figures, cancel);
        return figures;
    }

    /// <summary>Counts several days on one reading of the register; those that are kept and still right are left alone.</summary>
    public async Task CountAhead(IReadOnlyList<DateOnly> days, CancellationToken cancel)
    {
        var changes = await CountedFacts.Changes(db, cancel);
        var kept = await db.Database.SqlQuery<DateOnly>(
            $"SELECT as_of AS \"Value\" FROM counted_figures WHERE changes = {changes}").ToListAsync(cancel);
        var wanted = days.Except(kept).ToList();
        if (wanted.Count == 0) return;
        var (facts, people) = (await CountedFacts.Read(db, cancel), await CountedFacts.People(db, cancel));
        foreach (var day in wanted)
            await Keep(day, changes, CountingRules.Figures(facts, day, people, CountedFacts.Bodies), cancel);
    }

    private Task Keep(DateOnly day, long changes, IReadOnlyList<Figure> figures, CancellationToken cancel)
    {
        var body = JsonSerializer.Serialize(figures);
        return db.Database.ExecuteSqlAsync($"""
            INSERT INTO counted_figures (as_of, changes, body) VALUES ({day}, {changes}, {body}::jsonb)
            ON CONFLICT (as_of) DO UPDATE SET changes = excluded.changes, body = excluded.body
            """, cancel);
    }
}
