using Iop.Kernel;

namespace Iop.Agreements.Domain.FromPaper;

/// <summary>What is known of the paper: when it was signed, and which attachment is its copy.</summary>
public sealed class Paper
{
    private Paper()
    {
    }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public DateOnly SignedOn { get; private set; }

    /// <summary>The attachment that is the signed document; null until it is there.</summary>
    public Guid? DocumentId { get; private set; }

    public long Version { get; private set; }

    public static Paper Of(Agreement agreement, DateOnly signedOn) => new()
    {
        AgreementId = agreement.Id,
        PartnershipId = agreement.PartnershipId,
        SignedOn = signedOn,
        Version = 1,
    };

    /// <summary>Another day, or another copy: what has been confirmed before no longer holds.</summary>
    public void Change(DateOnly signedOn, Guid? document)
    {
        (SignedOn, DocumentId) = (signedOn, document);
        Version++;
    }
}

/// <summary>What a party says of the paper and of what is written here about it. A later answer replaces an earlier
/// one.</summary>
public sealed class PaperAnswer
{
    public const int ReasonMax = 2_000;

    public required Guid AnswerId { get; init; }

    public required AgreementId AgreementId { get; init; }

    public required PartnershipId PartnershipId { get; init; }

    /// <summary>From 1 within the agreement: of two answers in one moment, which was the later.</summary>
    public required int Number { get; init; }

    public required PartyId PartyId { get; init; }

    public required OrganisationRef Organisation { get; init; }

    public required PersonRef Person { get; init; }

    public required string? PersonName { get; init; }

    /// <summary>Else it declines, with the reason.</summary>
    public required bool Confirms { get; init; }

    public required string? Reason { get; init; }

    /// <summary>Exactly what was seen: the text, the day and the document.</summary>
    public required string ContentHash { get; init; }

    public required DateTimeOffset AnsweredAt { get; init; }
}

/// <summary>What stands between a paper agreement and its life here. Nothing passes while anything is missing.</summary>
/// <param name="HasDocument">Whether the signed document is there, as PDF.</param>
/// <param name="Answers">The newest of each party; of this exact content only.</param>
public sealed record PaperGate(
    Frame Frame, DateOnly SignedOn, bool HasDocument, IReadOnlyList<Party> Parties, IReadOnlyList<PaperAnswer> Answers,
    DateOnly Today)
{
    public static PaperGate Of(
        Frame frame, DateOnly signedOn, bool hasDocument, IReadOnlyList<Party> parties, IEnumerable<PaperAnswer> answers,
        string contentHash, DateOnly today) => new(
            frame, signedOn, hasDocument, parties,
            [.. answers.Where(answer => answer.ContentHash == contentHash).GroupBy(answer => answer.PartyId)
                .Select(of => of.MaxBy(answer => answer.Number)!)], today);

    public IReadOnlyList<Party> Missing =>
        [.. Parties.Where(party => !Answers.Any(answer => answer.PartyId == party.Id && answer.Confirms))];

    /// <summary>What must hold before anybody can confirm.</summary>
    public Refusal? NotReady
    {
        get
        {
            if (Running(Frame, SignedOn, Today) is { } notRunning) return notRunning;
            if (Parties.All(party => party.Kind is not OrganisationKind.Public)
                || Parties.All(party => party.Kind is not OrganisationKind.IdeaDriven)) return PaperRefusals.OneSided;
            return HasDocument ? null : PaperRefusals.NoDocument;
        }
    }

    /// <summary>Only what runs is taken over: begun, and not ended.</summary>
    public static Refusal? Running(Frame frame, DateOnly signedOn, DateOnly today)
    {
        if (signedOn > today) return PaperRefusals.SignedLater;
        if (frame.StartsOn > today) return PaperRefusals.StartsLater;
        return frame is { AutoRenews: false, EndsOn: { } last } && last < today ? PaperRefusals.HasEnded : null;
    }

    public Refusal? Refusal => NotReady ?? (Missing.Count > 0 ? PaperRefusals.NotConfirmed(Missing.Count) : null);
}

/// <summary>Every way a paper agreement can say no.</summary>
public static class PaperRefusals
{
    public static Refusal NotFromPaper { get; } = new("paper.not-from-paper");

    public static Refusal Done { get; } = new("paper.done");

    public static Refusal SignedLater { get; } = new("paper.signed-later");

    public static Refusal StartsLater { get; } = new("paper.starts-later");

    public static Refusal HasEnded { get; } = new("paper.has-ended");

    public static Refusal OneSided { get; } = new("paper.one-sided");

    public static Refusal NoDocument { get; } = new("paper.no-document");

    public static Refusal NotAPdf { get; } = new("paper.not-a-pdf");

    public static Refusal NotConfirmed(int missing) => new Refusal("paper.not-confirmed").With("count", missing);

    public static Refusal AlreadyConfirmed { get; } = new("paper.already-confirmed");
}
