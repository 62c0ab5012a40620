using Iop.Agreements.Domain.Plans;
using Iop.Kernel;

namespace Iop.Agreements.Domain.Pool;

public readonly record struct GrantId(Guid Value);

/// <summary>A joint decision to use the pool's money: to whom, for what, by which criteria. It sets the money aside until it is
/// paid or released.</summary>
public sealed class PoolGrant
{
    private PoolGrant()
    {
    }

    public GrantId Id { get; private init; }

    public PoolId PoolId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    /// <summary>Who gets it: any party, whether it accrues anything to the pool or not.</summary>
    public PartyId PartyId { get; private init; }

    public long Ore { get; private init; }

    public string Purpose { get; private init; } = "";

    /// <summary>The criteria it rests on.</summary>
    public Guid[] Criteria { get; private init; } = [];

    public DecisionId DecisionId { get; private init; }

    public DateTimeOffset? ReleasedAt { get; private set; }

    public string? ReleasedBecause { get; private set; }

    public DecisionId? ReleaseDecisionId { get; private set; }

    public long Version { get; private set; }

    public Money Amount => Money.Ore(Ore);

    /// <param name="criteria">All criteria of the pool.</param>
    /// <param name="ledger">As it stands, held against every other decision.</param>
    public static Refusal? Decide(
        GrantId id, SharedPool pool, Wish wish, BodyDecision decision, IReadOnlyList<PoolCriterion> criteria,
        IReadOnlyList<Party> parties, PoolLedger ledger, out PoolGrant grant)
    {
        grant = new PoolGrant
        {
            Id = id,
            PoolId = pool.Id,
            PartnershipId = pool.PartnershipId,
            PartyId = wish.Party,
            Ore = wish.Amount.Minor,
            Purpose = wish.Purpose,
            Criteria = [.. wish.Criteria.Select(criterion => criterion.Value).Distinct()],
            DecisionId = decision.Id,
            Version = 1,
        };
        if (parties.All(party => party.Id != wish.Party)) return PoolRefusals.UnknownParty;
        var agreed = PoolCriterion.On(criteria, decision.MeetingOn);
        if (agreed.Count == 0) return PoolRefusals.NoCriteria;
        if (wish.Criteria.Any(one => agreed.All(known => known.Id != one))) return PoolRefusals.OtherCriteria;
        if (ledger.Grants.Count >= SharedPool.GrantsMax) return PoolRefusals.TooMany;
        return wish.Amount > ledger.Available ? PoolRefusals.NotEnough(ledger.Available) : null;
    }

    /// <summary>The body takes back what has not been paid.</summary>
    public Refusal? Release(string reason, BodyDecision decision, PoolLedger ledger, DateTimeOffset now)
    {
        if (ReleasedAt is not null) return PoolRefusals.Released;
        if (ledger.LeftOf(this).IsZero) return PoolRefusals.Spent;
        (ReleasedAt, ReleasedBecause, ReleaseDecisionId) = (now, reason, decision.Id);
        Version++;
        return null;
    }

    /// <summary>What is decided on.</summary>
    public sealed record Wish(PartyId Party, Money Amount, string Purpose, IReadOnlyList<CriterionId> Criteria);
}
