using Iop.Kernel;

namespace Iop.Agreements.Domain.Signing;

/// <summary>When a party's turn to sign comes (tur): all of one turn before any of the next. Set before the opening, and part of
/// what is opened.</summary>
public sealed class SigningTurn
{
    public const int TurnMax = Partnership.PartiesMax;

    public required AgreementId AgreementId { get; init; }

    public required PartyId PartyId { get; init; }

    public required PartnershipId PartnershipId { get; init; }

    /// <summary>From 1.</summary>
    public required int Turn { get; init; }
}

/// <summary>Who signs when, after whose reading, and whether somebody has declined (undertecknandekrets).</summary>
/// <param name="Turns">None: all sign in parallel.</param>
/// <param name="Reviewers">Those who must have looked before their party may sign.</param>
/// <param name="Declined">The decline of the opened version, if there is one.</param>
public sealed record SigningCircle(
    IReadOnlyList<SigningTurn> Turns, IReadOnlyList<Reviewer> Reviewers, Decline? Declined)
{
    public static SigningCircle Open { get; } = new([], [], null);

    public bool IsSequence => Turns.Select(turn => turn.Turn).Distinct().Count() > 1;

    /// <summary>1 for everybody when all sign in parallel.</summary>
    public int TurnOf(Party party) => Turns.FirstOrDefault(turn => turn.PartyId == party.Id)?.Turn ?? 1;

    /// <summary>Null when every party has its turn, or nobody has.</summary>
    public Refusal? Refuses(IReadOnlyList<Party> parties, Func<Party, string> called) =>
        Turns.Count == 0 || parties.FirstOrDefault(party => Turns.All(turn => turn.PartyId != party.Id)) is not { } left
            ? null
            : SigningRefusals.OrderIncomplete(called(left));

    /// <summary>The parties whose turn comes before this one's and who have yet to sign.</summary>
    public IReadOnlyList<Party> Before(Party party, IReadOnlyList<Party> parties, IReadOnlyList<Signature> given) =>
        [.. parties.Where(other => TurnOf(other) < TurnOf(party) && Signature.MissingFor(other, given) > 0)];

    /// <summary>The party's reviewers who have yet to look at the version.</summary>
    public IReadOnlyList<Reviewer> Unread(Party party, string versionHash) =>
        [.. Reviewers.Where(reviewer => reviewer.PartyId == party.Id && !reviewer.HasPassed(versionHash))];

    /// <summary>Null when the party may sign now; else why not yet.</summary>
    public Refusal? Refuses(
        Party party, IReadOnlyList<Party> parties, IReadOnlyList<Signature> given, string versionHash, Func<Party, string> called)
    {
        if (Declined is { } decline)
            return SigningRefusals.Declined(parties.FirstOrDefault(other => other.Id == decline.PartyId) is { } by
                ? called(by) : "");
        if (Before(party, parties, given) is { Count: > 0 } first) return SigningRefusals.NotYourTurn(first.Select(called));
        return Unread(party, versionHash) is { Count: > 0 } unread
            ? SigningRefusals.ReviewersMissing(called(party), unread.Count)
            : null;
    }

    /// <summary>The parties who may sign now and have yet to.</summary>
    public IReadOnlyList<Party> Ready(IReadOnlyList<Party> parties, IReadOnlyList<Signature> given, string versionHash) =>
        [.. parties.Where(party => Signature.MissingFor(party, given) > 0
            && Refuses(party, parties, given, versionHash, _ => "") is null)];
}
