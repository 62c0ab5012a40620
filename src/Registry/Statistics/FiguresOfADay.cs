using System.Text.Json;
using Iop.Kernel;
using Iop.Registry.Domain.Counting;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Statistics;

/// <summary>The figures of a day: counted once for every state of the register, and then only read.</summary>
internal sealed class FiguresOfADay(RegistryDb db)
{
    public async Task<KeptFigures> On(DateOnly day, CancellationToken cancel)
    {
        // First how often it has changed, then the facts: what comes in between is at worst counted once more.
        var changes = await CountedFacts.Changes(db, cancel);
        var kept = await db.Database.SqlQuery<Row>($"""
            SELECT body::text AS "Body", holds::text AS "Holds" FROM counted_figures WHERE as_of = {day} AND changes = {changes}
            """).SingleOrDefaultAsync(cancel);
        if (kept is not null)
        {
            return new KeptFigures(JsonSerializer.Deserialize<List<Figure>>(kept.Body)!,
                JsonSerializer.Deserialize<Holding>(kept.Holds)!);
        }
        var facts = await CountedFacts.Read(db, cancel);
        var counted = new KeptFigures(
            CountingRules.Figures(facts, day, await CountedFacts.People(db, cancel), CountedFacts.Bodies),
            await Holds(facts, cancel));
        await Keep(day, changes, counted, cancel);
        return counted;
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
        var holds = await Holds(facts, cancel);
        foreach (var day in wanted)
        {
            var figures = CountingRules.Figures(facts, day, people, CountedFacts.Bodies);
            await Keep(day, changes, new KeptFigures(figures, holds), cancel);
        }
    }

    private async Task<Holding> Holds(IReadOnlyList<CountedEntry> facts, CancellationToken cancel)
    {
        // Per legal person: four boards of one municipality are one municipality.
        var parties = facts.SelectMany(fact => fact.Parties).Select(party => (party.Legal, party.Kind)).ToHashSet();
        return new Holding(
            await db.Entries.CountAsync(entry => entry.Synthetic, cancel), parties.DistinctBy(party => party.Legal).Count(),
            parties.Count(party => party.Kind is OrganisationKind.IdeaDriven),
            parties.Count(party => party.Kind is OrganisationKind.Public));
    }

    private Task Keep(DateOnly day, long changes, KeptFigures counted, CancellationToken cancel)
    {
        var (body, holds) = (JsonSerializer.Serialize(counted.Figures), JsonSerializer.Serialize(counted.Holds));
        return db.Database.ExecuteSqlAsync($"""
            INSERT INTO counted_figures (as_of, changes, body, holds) VALUES ({day}, {changes}, {body}::jsonb, {holds}::jsonb)
            ON CONFLICT (as_of) DO UPDATE SET changes = excluded.changes, body = excluded.body, holds = excluded.holds
            """, cancel);
    }

    private sealed record Row(string Body, string Holds);
}

/// <summary>The figures of a day, and what the register holds in all, whatever the day.</summary>
internal sealed record KeptFigures(IReadOnlyList<Figure> Figures, Holding Holds);

/// <summary>How many of its entries are made up, and how many legal persons take part in any.</summary>
internal sealed record Holding(int Synthetic, int Organisations, int IdeaDriven, int Public);
