using Iop.Kernel;

namespace Iop.Registry.Domain;

public readonly record struct CorrectionId(Guid Value);

public enum CorrectionOutcome
{
    Waiting,
    Corrected,
    Declined,
}

/// <summary>Somebody who is named in an entry says that it is not right (begäran om rättelse).</summary>
public sealed class Correction
{
    private Correction()
    {
    }

    public CorrectionId CorrectionId { get; private init; }

    public EntryId EntryId { get; private init; }

    public OrganisationId OrganisationId { get; private init; }

    public string Field { get; private init; } = "";

    public string Words { get; private init; } = "";

    public DateTimeOffset AskedAt { get; private init; }

    public CorrectionOutcome Outcome { get; private set; }

    public string? Answer { get; private set; }

    /// <summary>The organisation that answered; the audit trail knows who of it.</summary>
    public OrganisationId? AnsweredBy { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public long Version { get; private set; }

    public static Correction Ask(
        CorrectionId id, EntryId entry, OrganisationId organisation, string field, string words, DateTimeOffset now) => new()
        {
            CorrectionId = id, EntryId = entry, OrganisationId = organisation, Field = field, Words = words, AskedAt = now,
            Version = 1,
        };

    public Refusal? Reply(bool corrected, string answer, OrganisationId by, DateTimeOffset now)
    {
        if (Outcome is not CorrectionOutcome.Waiting) return EntryRefusals.AlreadyAnswered;
        (Outcome, Answer) = (corrected ? CorrectionOutcome.Corrected : CorrectionOutcome.Declined, answer);
        (AnsweredBy, AnsweredAt) = (by, now);
        Version++;
        return null;
    }
}
