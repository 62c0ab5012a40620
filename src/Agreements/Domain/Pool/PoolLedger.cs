using Iop.Kernel;

namespace Iop.Agreements.Domain.Pool;

/// <summary>The pool's money as its lines say. On no day is it below zero.</summary>
public sealed record PoolLedger(IReadOnlyList<PoolEntry> Entries, IReadOnlyList<PoolGrant> Grants)
{
    private readonly HashSet<EntryId> _reversed = [.. Entries.Select(entry => entry.Reverses).OfType<EntryId>()];

    public Money Balance => Sum(Entries);

    /// <summary>What was there at the end of a day.</summary>
    public Money BalanceOn(DateOnly day) => Sum(Entries.Where(entry => entry.BookedOn <= day));

    /// <summary>Decided on and not yet paid or released.</summary>
    public Money Granted => Grants.Aggregate(Money.Zero, (sum, grant) => sum + LeftOf(grant));

    /// <summary>What may still be decided on. Below zero only when something already promised was reported wrongly and has been
    /// taken back.</summary>
    public Money Available => Balance - Granted;

    /// <summary>The most that may leave on a day without any later day falling below zero.</summary>
    public Money RoomFrom(DateOnly day)
    {
        var running = BalanceOn(day);
        var lowest = running;
        foreach (var later in Entries.Where(entry => entry.BookedOn > day).GroupBy(entry => entry.BookedOn)
            .OrderBy(group => group.Key))
        {
            running += Sum(later);
            if (running < lowest) lowest = running;
        }
        return lowest;
    }

    public Money PaidOf(PoolGrant grant) => -Sum(Entries.Where(entry => entry.GrantId == grant.Id));

    public Money LeftOf(PoolGrant grant) => grant.ReleasedAt is null ? grant.Amount - PaidOf(grant) : Money.Zero;

    public bool IsReversed(PoolEntry entry) => _reversed.Contains(entry.Id);

    /// <summary>What a party has reported of a unit and not taken back.</summary>
    public IEnumerable<PoolEntry> Accrued(PartyId party, string unit, IEnumerable<PoolRate> rates)
    {
        var ofUnit = rates.Where(rate => rate.Unit == unit).Select(rate => rate.Id).ToHashSet();
        return Entries.Where(entry => entry.Kind is EntryKind.Accrual && entry.PartyId == party && !IsReversed(entry)
            && entry.RateId is { } rate && ofUnit.Contains(rate));
    }

    /// <summary>What a party has put in and been paid, reversals counted where they belong.</summary>
    public PartyShare ShareOf(PartyId party)
    {
        var kinds = Entries.ToDictionary(entry => entry.Id, entry => entry.Kind);
        Money Of(EntryKind kind) => Sum(Entries.Where(entry => entry.PartyId == party
            && (entry.Reverses is { } wrong ? kinds[wrong] : entry.Kind) == kind));
        return new PartyShare(Of(EntryKind.Accrual), Of(EntryKind.Deposit), -Of(EntryKind.Payout), -Of(EntryKind.Settlement));
    }

    private static Money Sum(IEnumerable<PoolEntry> entries) =>
        entries.Aggregate(Money.Zero, (sum, entry) => sum + entry.Amount);

    public sealed record PartyShare(Money Accrued, Money Deposited, Money Paid, Money Settled);
}

/// <summary>Every way the pool can say no.</summary>
public static class PoolRefusals
{
    public static Refusal NotNow(AgreementState state) => new Refusal("pool.not-now").With("state", state);

    public static Refusal AlreadyThere { get; } = new("pool.already-there");

    public static Refusal Settled { get; } = new("pool.settled");

    public static Refusal UnknownParty { get; } = new("pool.unknown-party");

    public static Refusal TooMany { get; } = new("pool.too-many");

    public static Refusal TooMuch { get; } = new("pool.too-much");

    public static Refusal NotEnough(Money room) => new Refusal("pool.not-enough").With("amount", room.ToDecimalString());

    public static Refusal NoRate(string unit) => new Refusal("pool.no-rate").With("unit", unit);

    public static Refusal RateChanges(DateOnly on) =>
        new Refusal("pool.rate-changes").With("on", on.ToString("O", System.Globalization.CultureInfo.InvariantCulture));

    public static Refusal RateThere { get; } = new("pool.rate-there");

    public static Refusal RateUsed { get; } = new("pool.rate-used");

    public static Refusal NotYetCounted { get; } = new("pool.not-yet-counted");

    public static Refusal AlreadyAccrued(int entry) => new Refusal("pool.already-accrued").With("entry", entry);

    public static Refusal BookedLater { get; } = new("pool.booked-later");

    public static Refusal NoCriteria { get; } = new("pool.no-criteria");

    public static Refusal OtherCriteria { get; } = new("pool.other-criteria");

    public static Refusal Released { get; } = new("pool.grant-released");

    public static Refusal Spent { get; } = new("pool.grant-spent");

    public static Refusal MoreThanGranted(Money left) =>
        new Refusal("pool.more-than-granted").With("amount", left.ToDecimalString());

    public static Refusal GrantsOutstanding(Money granted) =>
        new Refusal("pool.grants-outstanding").With("amount", granted.ToDecimalString());

    public static Refusal AlreadyReversed { get; } = new("pool.already-reversed");

    public static Refusal NotReversed(EntryKind kind) => new Refusal("pool.not-reversed").With("kind", kind);

    public static Refusal OnlyTheHolderPays { get; } = new("pool.only-the-holder-pays", RefusalKind.Forbidden);

    public static Refusal OnlyOwn { get; } = new("pool.only-own", RefusalKind.Forbidden);
}
