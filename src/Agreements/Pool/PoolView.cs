using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Plans;
using Iop.Agreements.Domain.Pool;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Plans;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Pool;

/// <summary>The pool as every party sees it: what is there, who put it in, what it was used for.</summary>
/// <param name="Balance">At the end of the day asked for.</param>
/// <param name="Granted">Decided on today and neither paid nor released.</param>
/// <param name="Available">What may be decided on today.</param>
internal sealed record PoolView(
    Guid Id, Guid AgreementId, string Title, Guid HolderPartyId, string HolderName, bool Mine, DateOnly On, string Balance,
    string Granted, string Available, string Currency, DateTimeOffset? SettledAt, DecisionView Decision,
    IReadOnlyList<PoolView.RateView> Rates, IReadOnlyList<PoolView.CriterionView> Criteria,
    IReadOnlyList<PoolView.ShareView> Parties, IReadOnlyList<GrantView> Grants, IReadOnlyList<EntryView> Entries, string PoolTag)
{
    /// <summary>The newest lines; the rest is read from the list of entries.</summary>
    public const int EntriesShown = 100;

    public sealed record RateView(Guid Id, string Unit, string PerUnit, DateOnly StartsOn, bool AppliesToday,
        DecisionView Decision);

    /// <param name="Applies">Whether it belongs to the newest set.</param>
    public sealed record CriterionView(Guid Id, int Set, int Rank, string Text, DateOnly AgreedOn, bool Applies);

    public sealed record ShareView(Guid PartyId, string Name, string Accrued, string Deposited, string Paid, string Settled);

    public static async Task<PoolView> Of(
        AgreementsDb db, PoolFile file, DateOnly on, DateOnly today, Viewer viewer, CancellationToken cancel)
    {
        var (pool, ledger, living) = (file.Pool, file.Ledger, file.Living);
        var decisions = await Decisions(db, file, cancel);
        var applying = PoolCriterion.On(file.Criteria, today);
        return new PoolView(
            pool.Id.Value, pool.AgreementId.Value, pool.Title, pool.HolderId.Value, living.NameOf(pool.HolderId),
            file.IsHeldBy(viewer), on, ledger.BalanceOn(on).ToDecimalString(), ledger.Granted.ToDecimalString(),
            ledger.Available.ToDecimalString(), Kernel.Currency.Sek.Code, pool.SettledAt, decisions[pool.DecisionId],
            [.. file.Rates.Select(rate => new RateView(
                rate.Id.Value, rate.Unit, rate.PerUnit.ToDecimalString(), rate.StartsOn,
                PoolRate.For(file.Rates, rate.Unit, today, today, out var current) is null && current?.Id == rate.Id,
                decisions[rate.DecisionId]))],
            [.. file.Criteria.Select(one => new CriterionView(
                one.Id.Value, one.SetNumber, one.Rank, one.Text, one.AgreedOn, applying.Contains(one)))],
            [.. living.AllParties.Select(party => Share(party, file)).OfType<ShareView>()],
            [.. file.Grants.OrderByDescending(grant => grant.Id.Value).Select(grant => GrantView.Of(grant, file, decisions))],
            [.. file.Entries.OrderByDescending(entry => entry.Number).Take(EntriesShown)
                .Select(entry => EntryView.Of(entry, file))],
            $"{pool.Version}");
    }

    public static async Task<Dictionary<DecisionId, DecisionView>> Decisions(
        AgreementsDb db, PoolFile file, CancellationToken cancel)
    {
        List<DecisionId> ids =
        [
            file.Pool.DecisionId, .. file.Rates.Select(rate => rate.DecisionId), .. file.Grants.Select(grant => grant.DecisionId),
            .. file.Grants.Select(grant => grant.ReleaseDecisionId).OfType<DecisionId>(),
        ];
        return await db.Decisions.AsNoTracking().Where(decision => ids.Contains(decision.Id))
            .ToDictionaryAsync(decision => decision.Id, decision => DecisionView.Of(decision, file.Living), cancel);
    }

    /// <summary>Parties of the agreement, and any other that has had to do with the pool.</summary>
    private static ShareView? Share(Party party, PoolFile file)
    {
        if (!file.Living.Parties.Contains(party) && file.Entries.All(entry => entry.PartyId != party.Id)) return null;
        var share = file.Ledger.ShareOf(party.Id);
        return new ShareView(
            party.Id.Value, file.Living.NameOf(party.Id), share.Accrued.ToDecimalString(), share.Deposited.ToDecimalString(),
            share.Paid.ToDecimalString(), share.Settled.ToDecimalString());
    }
}

internal sealed record GrantView(
    Guid Id, Guid PartyId, string PartyName, string Amount, string Paid, string Left, string Purpose,
    IReadOnlyList<string> Criteria, DecisionView Decision, DateTimeOffset? ReleasedAt, string? ReleasedBecause, string GrantTag)
{
    public static GrantView Of(PoolGrant grant, PoolFile file, IReadOnlyDictionary<DecisionId, DecisionView> decisions) => new(
        grant.Id.Value, grant.PartyId.Value, file.Living.NameOf(grant.PartyId), grant.Amount.ToDecimalString(),
        file.Ledger.PaidOf(grant).ToDecimalString(), file.Ledger.LeftOf(grant).ToDecimalString(), grant.Purpose,
        [.. file.Criteria.Where(one => grant.Criteria.Contains(one.Id.Value)).Select(one => one.Text)],
        decisions[grant.DecisionId], grant.ReleasedAt, grant.ReleasedBecause, $"{grant.Version}");
}

/// <param name="Amount">Into the pool when positive, out of it when negative.</param>
internal sealed record EntryView(
    Guid Id, int Number, EntryKind Kind, Guid PartyId, string PartyName, string Amount, DateOnly BookedOn, string? Note,
    string? Unit, string? PerUnit, int? Quantity, DateOnly? StartsOn, DateOnly? EndsOn, Guid? GrantId, string? Purpose,
    Guid? Reverses, bool Reversed, DateTimeOffset RecordedAt)
{
    public static EntryView Of(PoolEntry entry, PoolFile file)
    {
        var rate = file.Rates.FirstOrDefault(one => one.Id == entry.RateId);
        return new EntryView(
            entry.Id.Value, entry.Number, entry.Kind, entry.PartyId.Value, file.Living.NameOf(entry.PartyId),
            entry.Amount.ToDecimalString(), entry.BookedOn, entry.Note, rate?.Unit, rate?.PerUnit.ToDecimalString(),
            entry.Quantity,
            entry.StartsOn, entry.EndsOn, entry.GrantId?.Value,
            file.Grants.FirstOrDefault(grant => grant.Id == entry.GrantId)?.Purpose, entry.Reverses?.Value,
            file.Ledger.IsReversed(entry), entry.RecordedAt);
    }
}
