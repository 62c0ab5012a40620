using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Plans;
using Iop.Agreements.Domain.Pool;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Plans;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Pool;

/// <summary>A pool with its rates, criteria, decisions and ledger, and the agreement it belongs to.</summary>
internal sealed record PoolFile(
    SharedPool Pool, Living Living, List<PoolRate> Rates, List<PoolCriterion> Criteria, List<PoolGrant> Grants,
    List<PoolEntry> Entries)
{
    public PoolLedger Ledger => new(Entries, Grants);

    public bool IsHeldBy(Viewer viewer) => Living.ActingFor(viewer).Any(party => party.Id == Pool.HolderId);

    /// <summary>The pool, held against every other decision and payment. Null when there is none to see.</summary>
    public static async Task<PoolFile?> ForUpdate(AgreementsDb db, Guid agreementId, CancellationToken cancel)
    {
        if (await db.AgreementForWriting(agreementId, cancel) is not { } agreement) return null;
        return await db.PoolForUpdate(agreementId, cancel) is { } pool ? await Of(db, agreement, pool, cancel) : null;
    }

    public static async Task<PoolFile?> Find(AgreementsDb db, Guid agreementId, CancellationToken cancel)
    {
        var id = new AgreementId(agreementId);
        if (await db.Agreements.FindAsync([id], cancel) is not { } agreement) return null;
        return await db.Pools.SingleOrDefaultAsync(pool => pool.AgreementId == id, cancel) is { } pool
            ? await Of(db, agreement, pool, cancel) : null;
    }

    private static async Task<PoolFile> Of(AgreementsDb db, Agreement agreement, SharedPool pool, CancellationToken cancel) =>
        new(
        pool,
        await Living.Of(db, agreement, cancel),
        await db.PoolRates.Where(rate => rate.PoolId == pool.Id).OrderBy(rate => rate.StartsOn).ToListAsync(cancel),
        await db.PoolCriteria.Where(one => one.PoolId == pool.Id).OrderBy(one => one.SetNumber).ThenBy(one => one.Rank)
            .ToListAsync(cancel),
        await db.PoolGrants.Where(grant => grant.PoolId == pool.Id).OrderBy(grant => grant.Id).ToListAsync(cancel),
        await db.PoolEntries.AsNoTracking().Where(entry => entry.PoolId == pool.Id).OrderBy(entry => entry.Number)
            .ToListAsync(cancel));

    /// <summary>Who may act, and whether the pool still moves: asked before every act on it.</summary>
    public Refusal? Touch(Viewer viewer, bool isMoney) =>
        Living.ActingFor(viewer).Count == 0
            ? PartnershipRefusals.NotAParty
            : Pool.Touch(Living.Agreement.State, isMoney);

    /// <summary>A party reports for itself; the holder, whose books they are, for everybody.</summary>
    public Refusal? MayReportFor(Guid party, Viewer viewer)
    {
        if (Living.Parties.All(known => known.Id.Value != party)) return PoolRefusals.UnknownParty;
        return IsHeldBy(viewer) || Living.ActingFor(viewer).Any(own => own.Id.Value == party) ? null : PoolRefusals.OnlyOwn;
    }

    public static PoolEntry.Entered Entered(Viewer viewer, DateOnly on, DateTimeOffset now) =>
        new(new EntryId(Guid.CreateVersion7(now)), on, new Recorder(viewer.Person, viewer.Organisation, now));
}
