using Iop.Kernel;

namespace Iop.Registry.Domain.Likeness;

public readonly record struct ProposalId(Guid Value);

public enum ProposalState
{
    Waiting,
    Merged,
    Chained,
    Declined,
}

/// <summary>A likeness that somebody is to decide on (förslag): the same partnership, a renewal, or neither. What was decided can
/// be undone.</summary>
public sealed class Proposal
{
    private Proposal()
    {
    }

    public ProposalId ProposalId { get; private init; }

    public EntryId FirstId { get; private init; }

    public EntryId SecondId { get; private init; }

    public LikenessKind Kind { get; private init; }

    public int Score { get; private init; }

    public IReadOnlyList<string> Reasons { get; private init; } = [];

    public ProposalState State { get; private set; }

    public DateTimeOffset FoundAt { get; private init; }

    /// <summary>The organisation that decided; the audit trail knows who of it.</summary>
    public OrganisationId? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public long Version { get; private set; }

    public static Proposal Of(ProposalId id, Likeness likeness, DateTimeOffset now) => new()
    {
        ProposalId = id, FirstId = new EntryId(likeness.First), SecondId = new EntryId(likeness.Second), Kind = likeness.Kind,
        Score = likeness.Score, Reasons = likeness.Reasons, FoundAt = now, Version = 1,
    };

    public Refusal? Decide(ProposalState decision, OrganisationId by, DateTimeOffset now)
    {
        if (State is not ProposalState.Waiting) return ProposalRefusals.AlreadyDecided;
        (State, DecidedBy, DecidedAt) = (decision, by, now);
        Version++;
        return null;
    }

    /// <summary>As if nobody had decided.</summary>
    public Refusal? Undo()
    {
        if (State is ProposalState.Waiting) return ProposalRefusals.NotDecided;
        (State, DecidedBy, DecidedAt) = (ProposalState.Waiting, null, null);
        Version++;
        return null;
    }
}

/// <summary>Every way a proposal can say no.</summary>
public static class ProposalRefusals
{
    public static Refusal AlreadyDecided => new("proposal.already-decided");

    public static Refusal NotDecided => new("proposal.not-decided");

    public static Refusal BothSignedHere => new("proposal.both-signed-here");

    public static Refusal AlreadyMerged => new("proposal.already-merged");
}
