using Iop.Kernel;

namespace Iop.Agreements.Domain.Signing;

/// <summary>Every way the signing can say no, beside what the agreement says itself.</summary>
public static class SigningRefusals
{
    /// <summary>Names who is next.</summary>
    public static Refusal NotYourTurn(IEnumerable<string> next) =>
        new Refusal("signing.not-your-turn").With("next", string.Join(", ", next));

    public static Refusal ReviewersMissing(string party, int count) =>
        new Refusal("signing.reviewers-missing").With("party", party).With("count", count);

    public static Refusal Declined(string party) => new Refusal("signing.declined").With("party", party);

    public static Refusal NotDeclined { get; } = new("signing.not-declined");

    public static Refusal OrderIncomplete(string party) => new Refusal("signing.order-incomplete").With("party", party);

    public static Refusal UnknownReviewer { get; } = new("signing.unknown-reviewer");

    public static Refusal ReviewerHasPassed { get; } = new("signing.reviewer-has-passed");

    public static Refusal LookedAlready { get; } = new("signing.looked-already");
}
