using Iop.Kernel;
using Iop.Registry.Domain;
using Iop.Registry.Domain.Likeness;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Likenesses;

/// <summary>The register's rows as the rules of likeness want them, and the proposals they lead to.</summary>
internal static class KnownLikenesses
{
    /// <summary>Everything in the register.</summary>
    public static Task<IReadOnlyList<ComparedEntry>> AllCompared(this RegistryDb db, CancellationToken cancel) =>
        Read(db, db.Entries.AsNoTracking(), cancel);

    /// <summary>The entry, and those that have a party in common with it.</summary>
    public static Task<IReadOnlyList<ComparedEntry>> Near(this RegistryDb db, EntryId id, CancellationToken cancel) => Read(db,
        db.Entries.FromSql($"""
            SELECT * FROM entry WHERE entry_id = {id.Value} OR entry_id IN (
              SELECT a.entry_id FROM entry_party p JOIN entry_agreement a USING (agreement_id) WHERE p.organisation_id IN (
                SELECT q.organisation_id FROM entry_party q JOIN entry_agreement b USING (agreement_id) WHERE b.entry_id = {id.Value})
              LIMIT {NearMax})
            """).AsNoTracking(), cancel);

    /// <summary>What is new among the proposals waits for somebody to decide; what is known, decided or not, is left as it
    /// is.</summary>
    public static async Task<int> Propose(
        this RegistryDb db, IReadOnlyList<Likeness> found, DateTimeOffset now, CancellationToken cancel)
    {
        var touched = found.SelectMany(one => new[] { one.First, one.Second }).Distinct().Select(id => new EntryId(id)).ToList();
        var known = (await db.Set<Proposal>().AsNoTracking().Where(one => touched.Contains(one.FirstId))
            .Select(one => new { one.FirstId, one.SecondId }).ToListAsync(cancel))
            .Select(one => Pair(one.FirstId.Value, one.SecondId.Value)).ToHashSet();
        var fresh = found.Where(likeness => !known.Contains(Pair(likeness.First, likeness.Second))).Take(ProposedMax).ToList();
        db.AddRange(fresh.Select(likeness => Proposal.Of(new ProposalId(Guid.CreateVersion7(now)), likeness, now)));
        await db.SaveChangesAsync(cancel);
        return fresh.Count;
    }

    private const int NearMax = 500;
    private const int ProposedMax = 5_000;

    private static (Guid, Guid) Pair(Guid one, Guid other) => one.CompareTo(other) < 0 ? (one, other) : (other, one);

    private static async Task<IReadOnlyList<ComparedEntry>> Read(
        RegistryDb db, IQueryable<Entry> entries, CancellationToken cancel)
    {
        var parties = (await (
            from entry in entries
            from agreement in entry.Agreements
            from party in agreement.Parties
            select new { entry.EntryId, party.OrganisationId, party.Kind, party.Name }).ToListAsync(cancel))
            .ToLookup(one => one.EntryId, one => new ComparedParty(one.OrganisationId.Value, one.Kind, one.Name));
        var rows = await entries.Select(entry => new
        {
            entry.EntryId, entry.ChainId, entry.Title, entry.Purpose, entry.Area, entry.StartsOn, entry.StartYear, entry.EndsOn,
            entry.EndYear, entry.OpenEnded, entry.AutoRenews, entry.EndedOn, entry.KeeperId, entry.Provenance,
        }).ToListAsync(cancel);
        return
        [
            .. rows.Select(row => new ComparedEntry(row.EntryId.Value, row.ChainId, row.Title, row.Purpose, row.Area,
                new EntryLife(row.StartsOn, row.StartYear, row.EndsOn, row.EndYear, row.OpenEnded, row.AutoRenews, row.EndedOn,
                    DateOnly.MaxValue, true), row.KeeperId?.Value, [.. parties[row.EntryId]])),
        ];
    }
}
