using Iop.Agreements.Domain.Plans;
using Iop.Kernel;

namespace Iop.Agreements.Domain.Pool;

public readonly record struct EntryId(Guid Value);

public enum EntryKind
{
    /// <summary>Rate times reported quantity (avsättning).</summary>
    Accrual,

    /// <summary>Money put in outright (insättning).</summary>
    Deposit,

    /// <summary>Paid by a joint decision (utbetalning).</summary>
    Payout,

    /// <summary>Takes an earlier entry back: a new line, never an erased one (rättelse).</summary>
    Reversal,

    /// <summary>What was left, shared out when the partnership closed (avräkning).</summary>
    Settlement,
}

/// <summary>One line of the pool's ledger. Inserted, never changed, never removed.</summary>
public sealed class PoolEntry
{
    public const int QuantityMax = 10_000_000;

    private PoolEntry()
    {
    }

    public EntryId Id { get; private init; }

    public PoolId PoolId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    /// <summary>From 1, in the order of writing.</summary>
    public int Number { get; private init; }

    public EntryKind Kind { get; private init; }

    /// <summary>Who accrued, deposited or was paid.</summary>
    public PartyId PartyId { get; private init; }

    /// <summary>Into the pool when positive, out of it when negative; never nothing.</summary>
    public long Ore { get; private init; }

    /// <summary>The day the money counts from.</summary>
    public DateOnly BookedOn { get; private init; }

    public string? Note { get; private init; }

    public RateId? RateId { get; private init; }

    public int? Quantity { get; private init; }

    /// <summary>First and last day of what was counted.</summary>
    public DateOnly? StartsOn { get; private init; }

    public DateOnly? EndsOn { get; private init; }

    public GrantId? GrantId { get; private init; }

    public EntryId? Reverses { get; private init; }

    public PersonRef RecordedBy { get; private init; }

    public OrganisationRef RecordedFor { get; private init; }

    public DateTimeOffset RecordedAt { get; private init; }

    public Money Amount => Money.Ore(Ore);

    /// <summary>A party reports how much it has counted, and the rate makes money of it. Nothing is counted twice.</summary>
    public static Refusal? Accrue(
        Entered by, SharedPool pool, PartyId party, Counted counted, IEnumerable<PoolRate> rates, PoolLedger ledger,
        out PoolEntry entry)
    {
        entry = null!;
        if (PoolRate.For(rates, counted.Unit, counted.From, counted.To, out var rate) is { } noRate) return noRate;
        if (counted.To > by.On) return PoolRefusals.NotYetCounted;
        entry = new PoolEntry(by, pool, EntryKind.Accrual, party, rate!.PerUnit * counted.Quantity, counted.Note, ledger)
        {
            RateId = rate.Id,
            Quantity = counted.Quantity,
            StartsOn = counted.From,
            EndsOn = counted.To,
        };
        var same = ledger.Accrued(party, counted.Unit, rates).FirstOrDefault(earlier => earlier.Covers(counted.From, counted.To));
        return same is null ? Fits(entry, ledger) : PoolRefusals.AlreadyAccrued(same.Number);
    }

    public static Refusal? Deposit(
        Entered by, SharedPool pool, PartyId party, Money amount, string? note, PoolLedger ledger, out PoolEntry entry)
    {
        entry = new PoolEntry(by, pool, EntryKind.Deposit, party, amount, note, ledger);
        return Fits(entry, ledger);
    }

    /// <summary>The holder pays what has been decided, all at once or bit by bit.</summary>
    public static Refusal? PayOut(
        Entered by, SharedPool pool, PoolGrant grant, Money amount, string? note, PoolLedger ledger, out PoolEntry entry)
    {
        entry = new PoolEntry(by, pool, EntryKind.Payout, grant.PartyId, -amount, note, ledger) { GrantId = grant.Id };
        if (grant.ReleasedAt is not null) return PoolRefusals.Released;
        if (amount > ledger.LeftOf(grant)) return PoolRefusals.MoreThanGranted(ledger.LeftOf(grant));
        return Fits(entry, ledger);
    }

    public static Refusal? Reverse(
        Entered by, SharedPool pool, PoolEntry wrong, string reason, PoolLedger ledger, out PoolEntry entry)
    {
        entry = new PoolEntry(by, pool, EntryKind.Reversal, wrong.PartyId, -wrong.Amount, reason, ledger)
        {
            Reverses = wrong.Id,
            GrantId = wrong.GrantId,
        };
        if (wrong.Kind is EntryKind.Reversal or EntryKind.Settlement) return PoolRefusals.NotReversed(wrong.Kind);
        if (ledger.IsReversed(wrong)) return PoolRefusals.AlreadyReversed;
        return Fits(entry, ledger);
    }

    public static Refusal? SettleWith(
        Entered by, SharedPool pool, PartyId party, Money amount, string? note, PoolLedger ledger, out PoolEntry entry)
    {
        entry = new PoolEntry(by, pool, EntryKind.Settlement, party, -amount, note, ledger);
        return Fits(entry, ledger);
    }

    private static Refusal? Fits(PoolEntry entry, PoolLedger ledger)
    {
        if (ledger.Entries.Count >= SharedPool.EntriesMax) return PoolRefusals.TooMany;
        if (entry.BookedOn > SwedishTime.DateIn(entry.RecordedAt)) return PoolRefusals.BookedLater;
        if (ledger.Balance + entry.Amount > Money.Ore(SharedPool.OreMax)) return PoolRefusals.TooMuch;
        var room = ledger.RoomFrom(entry.BookedOn);
        return (room + entry.Amount).IsNegative ? PoolRefusals.NotEnough(room) : null;
    }

    private bool Covers(DateOnly from, DateOnly to) => StartsOn <= to && from <= EndsOn;

    private PoolEntry(
        Entered by, SharedPool pool, EntryKind kind, PartyId party, Money amount, string? note, PoolLedger ledger)
    {
        (Id, PoolId, PartnershipId) = (by.Id, pool.Id, pool.PartnershipId);
        (Kind, PartyId, Ore, Note) = (kind, party, amount.Minor, note);
        (BookedOn, Number) = (by.On, ledger.Entries.Count + 1);
        (RecordedBy, RecordedFor, RecordedAt) = (by.By.Person, by.By.Organisation, by.By.At);
    }

    /// <summary>Which line is written, for which day, by whom.</summary>
    public sealed record Entered(EntryId Id, DateOnly On, Recorder By);

    /// <summary>How much was counted of what, from which day to which.</summary>
    public sealed record Counted(string Unit, int Quantity, DateOnly From, DateOnly To, string? Note);
}
