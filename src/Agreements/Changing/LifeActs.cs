using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Drafting;
using Iop.Agreements.Life;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Signing;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Changing;

/// <summary>What every act on an agreement in force begins and ends with.</summary>
internal sealed class LifeActs(
    AgreementsDb db, Catalogues catalogues, PassingOfTime time, TakingOver takingOver, Viewer viewer, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public DateOnly Today => clock.Today();

    public Changer Changer => new(viewer.Person, viewer.Organisation);

    /// <summary>The agreement with its file, held until the act is done, and what the day has brought already done to it; or why
    /// not, in the order 404, 403, 428/412, 400.</summary>
    public async Task<(AgreementFile File, Refusal? No)> Begin(Guid id, IfMatch ifMatch, Fields fields, string[] roles,
        CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return (null!, Refusal.NotFound);
        if (viewer.Caller.Lacks(roles) is { } missing) return (null!, missing);
        await time.Pass(agreement, cancel);
        await db.SaveChangesAsync(cancel);
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (!Own(file.Parties).Any()) return (file, PartnershipRefusals.NotAParty);
        return (file, ifMatch.Misses(file.Tag) ?? fields.Refusal);
    }

    /// <summary>The party the caller speaks for: the named one, else the caller's only one.</summary>
    public Party? PartyOf(AgreementFile file, Guid? named)
    {
        var own = Own(file.Parties).ToList();
        return named is { } id ? own.SingleOrDefault(party => party.Id.Value == id) : own.FirstOrDefault();
    }

    public Task<FixedText> InForce(AgreementFile file, CancellationToken cancel) =>
        takingOver.InForceText(file.Agreement, cancel);

    /// <summary>Opens the text for a change: its answers are to be looked at again.</summary>
    public async Task<Refusal?> Open(AgreementFile file, Change change, CancellationToken cancel)
    {
        db.Add(change);
        file.Changes.Add(change);
        if (file.Agreement.BeginChange(change, Now) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        await CarryOverAnswers.Of(db, file.Agreement, cancel);
        return null;
    }

    /// <summary>Gives up the change that is being written, if any: the text is the one in force again.</summary>
    public async Task<Refusal?> GiveUp(AgreementFile file, string because, CancellationToken cancel)
    {
        var agreement = file.Agreement;
        if (!agreement.State.Binds() || agreement.Working is Working.None or Working.Signed) return null;
        await takingOver.GiveUp(agreement, because, cancel);
        if (agreement.AbandonChange(Now) is { } refusal) return refusal;
        db.Announce(agreement.Id.Value, agreement.Version, ChangeFacts.Abandoned(file, because));
        await db.SaveChangesAsync(cancel);
        return null;
    }

    /// <summary>Does what has become due at once, sets the timers, and shows the agreement as it is now.</summary>
    public async Task<Answer<AgreementView>> Done(AgreementFile file, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        await time.Pass(file.Agreement, cancel);
        await db.SaveChangesAsync(cancel);
        var now = await AgreementFile.Of(db, catalogues, file.Agreement, cancel);
        return Answers.Ok(await AgreementView.Of(now, viewer, cancel), now.Tag);
    }

    private IEnumerable<Party> Own(IEnumerable<Party> parties) =>
        parties.Where(party => party.IsActedForBy(viewer.Organisation, viewer.Unit));
}
