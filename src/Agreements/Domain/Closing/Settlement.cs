using Iop.Agreements.Domain.Plans;
using Iop.Kernel;

namespace Iop.Agreements.Domain.Closing;

/// <summary>Where the money that is shared out comes from.</summary>
public enum SettledFrom
{
    Surplus,
    Pool,
}

/// <summary>What becomes of a share. Nobody takes out profit.</summary>
public enum SettledHow
{
    /// <summary>Used for the purpose (återinvesteras).</summary>
    Reinvested,

    /// <summary>Paid back to whoever gave it (återbetalas).</summary>
    Repaid,
}

/// <summary>How surplus and pool are shared out at the end (avräkning). The shares come to the whole, to the öre.</summary>
public sealed class Settlement
{
    public const int LinesMax = 200;
    public const int NoteMax = 2_000;

    private Settlement()
    {
    }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    /// <summary>What the parties say is left over, outside the pool.</summary>
    public long SurplusOre { get; private init; }

    /// <summary>What the pool's ledger says is left there.</summary>
    public long PoolOre { get; private init; }

    public DecisionId DecisionId { get; private init; }

    public PersonRef RecordedBy { get; private init; }

    public DateTimeOffset RecordedAt { get; private init; }

    public List<SettlementLine> Lines { get; private init; } = [];

    public Money Surplus => Money.Ore(SurplusOre);

    public Money Pool => Money.Ore(PoolOre);

    /// <param name="pool">What is left in the pool; zero without a pool.</param>
    public static Refusal? Agree(
        Agreement agreement, Money surplus, Money pool, IReadOnlyList<Share> shares, BodyDecision decision,
        IReadOnlyList<Party> parties, Recorder by, out Settlement settlement)
    {
        settlement = new Settlement
        {
            AgreementId = agreement.Id,
            PartnershipId = agreement.PartnershipId,
            SurplusOre = surplus.Minor,
            PoolOre = pool.Minor,
            DecisionId = decision.Id,
            RecordedBy = by.Person,
            RecordedAt = by.At,
            Lines = [.. shares.Select((share, at) => SettlementLine.Of(agreement, at + 1, share))],
        };
        if (Closings.Refusal(agreement.State) is { } refusal) return refusal;
        if (shares.Any(share => parties.All(party => party.Id != share.Party))) return ClosingRefusals.UnknownParty;
        return Differs(shares, SettledFrom.Surplus, surplus) ?? Differs(shares, SettledFrom.Pool, pool);
    }

    private static Refusal? Differs(IReadOnlyList<Share> shares, SettledFrom from, Money whole)
    {
        var sum = shares.Where(share => share.From == from).Aggregate(Money.Zero, (total, share) => total + share.Amount);
        return sum == whole ? null : from is SettledFrom.Surplus
            ? ClosingRefusals.SurplusDiffers(whole, sum)
            : ClosingRefusals.PoolDiffers(whole, sum);
    }

    public sealed record Share(PartyId Party, SettledFrom From, SettledHow How, Money Amount, string? Note);
}

/// <summary>One party's share of one sum.</summary>
public sealed class SettlementLine
{
    private SettlementLine()
    {
    }

    public AgreementId AgreementId { get; private init; }

    public int Position { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public PartyId PartyId { get; private init; }

    public SettledFrom Source { get; private init; }

    public SettledHow How { get; private init; }

    public long Ore { get; private init; }

    public string? Note { get; private init; }

    internal static SettlementLine Of(Agreement agreement, int position, Settlement.Share share) => new()
    {
        AgreementId = agreement.Id,
        Position = position,
        PartnershipId = agreement.PartnershipId,
        PartyId = share.Party,
        Source = share.From,
        How = share.How,
        Ore = share.Amount.Minor,
        Note = share.Note,
    };
}

/// <summary>Every way closing can say no.</summary>
public static class ClosingRefusals
{
    public static Refusal NotNow(AgreementState state) => new Refusal("closing.not-now").With("state", state);

    public static Refusal UnknownSuccessor { get; } = new("closing.unknown-successor");

    public static Refusal UnknownActivity { get; } = new("closing.unknown-activity");

    public static Refusal ActivityThere { get; } = new("closing.activity-there");

    public static Refusal TooManyExits { get; } = new Refusal("closing.too-many-exits").With("limit", ExitStep.PerAgreementMax);

    public static Refusal AlreadySettled { get; } = new("closing.already-settled");

    public static Refusal UnknownParty { get; } = new("closing.unknown-party");

    public static Refusal SurplusDiffers(Money whole, Money sum) => new Refusal("closing.surplus-differs")
        .With("whole", whole.ToDecimalString()).With("sum", sum.ToDecimalString());

    public static Refusal PoolDiffers(Money whole, Money sum) => new Refusal("closing.pool-differs")
        .With("whole", whole.ToDecimalString()).With("sum", sum.ToDecimalString());
}
