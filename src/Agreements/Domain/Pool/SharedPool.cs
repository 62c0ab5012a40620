using Iop.Agreements.Domain.Plans;
using Iop.Kernel;

namespace Iop.Agreements.Domain.Pool;

public readonly record struct PoolId(Guid Value);

public readonly record struct RateId(Guid Value);

public readonly record struct CriterionId(Guid Value);

/// <summary>Money set aside together and used by joint decision, also for parties that accrue nothing to it (gemensam
/// pott).</summary>
public sealed class SharedPool
{
    public const int TitleMax = 200;
    public const int TextMax = 2_000;
    public const int EntriesMax = 20_000;
    public const int GrantsMax = 2_000;

    /// <summary>Ten billion kronor in one entry: more is a slip of the finger.</summary>
    public const long OreMax = Contribution.OreMax;

    private SharedPool()
    {
    }

    public PoolId Id { get; private init; }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public string Title { get; private init; } = "";

    /// <summary>Whose account the money lies in. That party pays out; it decides no more than the others.</summary>
    public PartyId HolderId { get; private init; }

    public DecisionId DecisionId { get; private init; }

    /// <summary>Settled at the end: nothing more goes in or out.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    public long Version { get; private set; }

    /// <summary>A pool is set up, and rates and criteria are agreed, while the agreement binds or is signed.</summary>
    public static bool IsSetUpIn(AgreementState state) => state is AgreementState.Signed || state.Binds();

    /// <summary>Money moves until the pool is settled, also after the end.</summary>
    public static bool MovesIn(AgreementState state) =>
        IsSetUpIn(state) || state is AgreementState.Ended or AgreementState.Rescinded;

    public static Refusal? SetUp(
        PoolId id, Agreement agreement, string title, PartyId holder, BodyDecision decision, IReadOnlyList<Party> parties,
        out SharedPool pool)
    {
        pool = new SharedPool
        {
            Id = id,
            AgreementId = agreement.Id,
            PartnershipId = agreement.PartnershipId,
            Title = title,
            HolderId = holder,
            DecisionId = decision.Id,
            Version = 1,
        };
        if (!IsSetUpIn(agreement.State)) return PoolRefusals.NotNow(agreement.State);
        return parties.Any(party => party.Id == holder) ? null : PoolRefusals.UnknownParty;
    }

    /// <summary>Something in it has changed: a rate, a criterion, a grant, an entry.</summary>
    public Refusal? Touch(AgreementState state, bool isMoney)
    {
        if (SettledAt is not null) return PoolRefusals.Settled;
        if (!(isMoney ? MovesIn(state) : IsSetUpIn(state))) return PoolRefusals.NotNow(state);
        Version++;
        return null;
    }

    /// <summary>What was left has been shared out: the pool is closed.</summary>
    public Refusal? Settle(AgreementState state, PoolLedger ledger, DateTimeOffset now)
    {
        if (Touch(state, isMoney: true) is { } refusal) return refusal;
        if (!ledger.Granted.IsZero) return PoolRefusals.GrantsOutstanding(ledger.Granted);
        SettledAt = now;
        return null;
    }
}

/// <summary>What each reported unit gives the pool from a day on: SEK 50 of each residence day. The next rate of the same unit
/// ends it.</summary>
public sealed class PoolRate
{
    public const int UnitMax = 100;
    public const long OrePerUnitMax = 100_000_000;

    public required RateId Id { get; init; }

    public required PoolId PoolId { get; init; }

    public required PartnershipId PartnershipId { get; init; }

    /// <summary>What is counted, in the partnership's own words: boendedygn.</summary>
    public required string Unit { get; init; }

    public required long OrePerUnit { get; init; }

    public required DateOnly StartsOn { get; init; }

    public required DecisionId DecisionId { get; init; }

    public Money PerUnit => Money.Ore(OrePerUnit);

    /// <summary>The one rate that applies during a whole period.</summary>
    public static Refusal? For(IEnumerable<PoolRate> rates, string unit, DateOnly from, DateOnly to, out PoolRate? rate)
    {
        var ofUnit = rates.Where(one => one.Unit == unit).OrderBy(one => one.StartsOn).ToList();
        rate = ofUnit.LastOrDefault(one => one.StartsOn <= from);
        if (rate is null) return PoolRefusals.NoRate(unit);
        var next = ofUnit.FirstOrDefault(one => one.StartsOn > from);
        return next is not null && next.StartsOn <= to ? PoolRefusals.RateChanges(next.StartsOn) : null;
    }
}

/// <summary>By what the partners choose among uses (prioriteringskriterium). Agreed before anything is decided by it; a later set
/// replaces the earlier one.</summary>
public sealed class PoolCriterion
{
    public const int PerSetMax = 30;
    public const int TextMax = 1_000;

    public required CriterionId Id { get; init; }

    public required PoolId PoolId { get; init; }

    public required PartnershipId PartnershipId { get; init; }

    /// <summary>From 1; all criteria of a set are agreed at once.</summary>
    public required int SetNumber { get; init; }

    /// <summary>From 1, the weightiest first.</summary>
    public required int Rank { get; init; }

    public required string Text { get; init; }

    public required DateOnly AgreedOn { get; init; }

    public required DecisionId DecisionId { get; init; }

    /// <summary>Those that applied on a day: the newest set agreed by then.</summary>
    public static IReadOnlyList<PoolCriterion> On(IEnumerable<PoolCriterion> criteria, DateOnly day)
    {
        var agreed = criteria.Where(one => one.AgreedOn <= day).ToList();
        var set = agreed.Count == 0 ? 0 : agreed.Max(one => one.SetNumber);
        return [.. agreed.Where(one => one.SetNumber == set).OrderBy(one => one.Rank)];
    }
}
