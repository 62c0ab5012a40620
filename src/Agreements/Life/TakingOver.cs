using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Signing;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Life;

/// <summary>A version takes over from the one before: the days are cut, the facts told.</summary>
internal sealed class TakingOver(AgreementsDb db, TimeProvider clock)
{
    /// <summary>The signed or decided text, on its day.</summary>
    public async Task Signed(Agreement agreement, DateOnly day, List<Change> leaving, CancellationToken cancel)
    {
        var (now, before) = (clock.GetUtcNow(), agreement.InForceHash);
        day = await Days(agreement, agreement.VersionHash!, day, cancel);
        Must(agreement.EnterIntoForce(now));
        var change = await db.Changes.SingleAsync(of => of.ChangeId == agreement.ChangeId, cancel);
        change.Take(agreement.InForceHash!, day, now);
        var text = (await InForceText(agreement, cancel)).Text;
        await Stayed(agreement, text, leaving, day, cancel);
        if (before is null) db.Announce(agreement.Id.Value, agreement.Version, Facts.EnteredIntoForce(agreement, text));
        else db.Announce(agreement.Id.Value, agreement.Version, Facts.Changed(agreement, change, text, before));
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>A text that binds though nobody signs it: made from the one in force, and in force at once.</summary>
    public async Task Unsigned(Agreement agreement, Change change, DateOnly day, AgreementText changed, PersonRef? by,
        CancellationToken cancel)
    {
        var (now, before) = (clock.GetUtcNow(), agreement.InForceHash!);
        var version = FixedText.Fix(agreement, change, day, await InForceText(agreement, cancel), changed,
            await Newest(agreement, cancel), by, now);
        db.Add(version);
        await db.SaveChangesAsync(cancel);
        if (agreement.Working is Working.None)
        {
            Must(agreement.BeginChange(change, now));
            await db.SaveChangesAsync(cancel);
            await WorkingText.Restore(db, agreement, version.Hash, changed, now, cancel);
            Must(agreement.Decide(version.Hash, now));
            await db.SaveChangesAsync(cancel);
            day = await Days(agreement, version.Hash, day, cancel);
            Must(agreement.EnterIntoForce(now));
        }
        else
        {
            day = await Days(agreement, version.Hash, day, cancel);
            Must(agreement.TakeOverBeside(version.Hash, changed.Frame));
        }
        change.Take(version.Hash, day, now);
        db.Announce(agreement.Id.Value, agreement.Version, Facts.Changed(agreement, change, changed, before));
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>A change that is being written is given up: the rows are put back to the version in force. One that is signed
    /// stays.</summary>
    public async Task GiveUp(Agreement agreement, string because, CancellationToken cancel)
    {
        if (agreement.Working is Working.None or Working.Signed) return;
        var now = clock.GetUtcNow();
        await Abandon(agreement, because, cancel);
        await db.SaveChangesAsync(cancel);
        if (agreement.Working is Working.OpenForSignature) Must(agreement.Redraft(now));
        await db.SaveChangesAsync(cancel);
        var text = (await InForceText(agreement, cancel)).Text;
        await WorkingText.Restore(db, agreement, agreement.InForceHash!, text, now, cancel);
    }

    /// <summary>The agreement is over: the last version's last day is known, and what was to come is given up.</summary>
    public async Task Over(Agreement agreement, DateOnly lastDay, bool wasSigned, IEnumerable<Change> leaving,
        CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        (await LastDays(agreement, cancel))?.Until(lastDay);
        foreach (var change in leaving.Where(change => change.State is ChangeState.UnderWay)) change.Abandon("over", now);
        if (wasSigned) await Abandon(agreement, "over", cancel);
    }

    private async Task Abandon(Agreement agreement, string because, CancellationToken cancel)
    {
        var (now, change) = (clock.GetUtcNow(), await db.Changes.SingleAsync(of => of.ChangeId == agreement.ChangeId, cancel));
        change.Abandon(because, now);
        if (change is not { Kind: ChangeKind.Accession, PartyId: { } newcomer }) return;
        // Who had left, and was let in again to sign, is out again.
        await db.Schedule(KeepAccessWithTheAgreements.Kind, newcomer.Value, now, cancel);
    }

    public async Task<FixedText> InForceText(Agreement agreement, CancellationToken cancel) => FixedText.Read(
        await db.Versions.AsNoTracking()
            .SingleAsync(known => known.AgreementId == agreement.Id && known.Hash == agreement.InForceHash, cancel));

    public Task<AgreementVersion> Newest(Agreement agreement, CancellationToken cancel) => db.Versions.AsNoTracking()
        .Where(known => known.AgreementId == agreement.Id).OrderByDescending(known => known.Number).FirstAsync(cancel);

    private async Task<DateOnly> Days(Agreement agreement, string hash, DateOnly from, CancellationToken cancel)
    {
        var before = await LastDays(agreement, cancel);
        var days = InForce.TakeOver(agreement, hash, from, before);
        await db.SaveChangesAsync(cancel); // the old version's last day first: never two on one day
        db.Add(days);
        await db.SaveChangesAsync(cancel);
        return days.FromDay;
    }

    private Task<InForce?> LastDays(Agreement agreement, CancellationToken cancel) => db.InForce
        .Where(days => days.AgreementId == agreement.Id && days.ToDay == null).SingleOrDefaultAsync(cancel);

    /// <summary>Who has signed the new version after having said that it leaves, stays; who is not in it has left.</summary>
    private async Task Stayed(Agreement agreement, AgreementText text, List<Change> leaving, DateOnly day,
        CancellationToken cancel)
    {
        foreach (var change in leaving.Where(change => change.State is ChangeState.UnderWay))
        {
            var party = change.PartyId!.Value;
            if (text.Parties.All(of => of.PartyId != party.Value))
            {
                change.Take(agreement.InForceHash!, day, clock.GetUtcNow());
                await db.Schedule(KeepAccessWithTheAgreements.Kind, party.Value, SwedishTime.StartOf(day), cancel);
            }
            else if (await db.Signatures.AnyAsync(signature => signature.AgreementId == agreement.Id
                && signature.VersionHash == agreement.InForceHash && signature.PartyId == party
                && signature.SignedAt > change.BegunAt, cancel)) change.Abandon("signed-again", clock.GetUtcNow());
        }
    }

    private static void Must(Refusal? refusal)
    {
        if (refusal is not null) throw new InvalidOperationException(refusal.Code);
    }
}
