using Iop.Kernel;

namespace Iop.Agreements.Domain;

public enum SectionStatus
{
    Missing,
    Complete,
    NotNeeded,
}

/// <summary>One section of a draft (avsnitt), with a version of its own so that several can write at once.</summary>
public sealed class Section
{
    public const int TextMax = 50_000;
    public const int ReasonMax = 1_000;

    private Section()
    {
    }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    /// <summary>One of <see cref="SectionKeys"/>.</summary>
    public string Key { get; private init; } = "";

    public string? Text { get; private set; }

    public string? NotNeededReason { get; private set; }

    public PersonRef? ChangedBy { get; private set; }

    public DateTimeOffset? ChangedAt { get; private set; }

    public long Version { get; private set; }

    public SectionStatus Status =>
        Text is not null ? SectionStatus.Complete : NotNeededReason is not null ? SectionStatus.NotNeeded : SectionStatus.Missing;

    public static Section Empty(AgreementId agreement, PartnershipId partnership, string key) =>
        new() { AgreementId = agreement, PartnershipId = partnership, Key = key, Version = 1 };

    /// <summary>New words; none at all empties the section.</summary>
    public void Write(string? text, PersonRef by, DateTimeOffset now)
    {
        (Text, NotNeededReason) = (string.IsNullOrWhiteSpace(text) ? null : text, null);
        Changed(by, now);
    }

    /// <summary>The parties do without it, and say why.</summary>
    public Refusal? SetAside(string reason, PersonRef by, DateTimeOffset now)
    {
        if (SectionKeys.IsRequired(Key)) return AgreementRefusals.SectionRequired(Key);
        (Text, NotNeededReason) = (null, reason);
        Changed(by, now);
        return null;
    }

    /// <summary>As it stands in a fixed version, when a change is given up.</summary>
    public void PutBack(string? text, string? notNeededReason, DateTimeOffset now)
    {
        (Text, NotNeededReason, ChangedBy, ChangedAt) = (text, notNeededReason, null, now);
        Version++;
    }

    private void Changed(PersonRef by, DateTimeOffset now)
    {
        (ChangedBy, ChangedAt) = (by, now);
        Version++;
    }
}

/// <summary>What an agreement contains [handbok p. 17; bygga p. 38–41], in reading order.</summary>
public static class SectionKeys
{
    private static readonly HashSet<string> RequiredOnes = new(StringComparer.Ordinal)
    {
        "background", "challenge", "targetGroup", "goals", "interventions", "decisionMaking", "resources", "period", "ending",
            "surplus",
    };

    private static readonly HashSet<string> FrameOnes = new(StringComparer.Ordinal)
    {
        "parties", "challenge", "mandate", "goals", "decisionMaking", "governance", "accountability", "period", "ending",
            "surplus",
    };

    public static IReadOnlyList<string> All { get; } =
    [
        "background", "parties", "challenge", "targetGroup", "mandate", "complements", "vision", "goals", "intent",
            "interventions",
        "decisionMaking", "roles", "governance", "dialogue", "learning", "resources", "transparency", "parity", "criticism",
            "accountability",
        "period", "ending", "reformulation", "surplus", "mutuality", "concepts",
    ];

    public static IEnumerable<string> Required => All.Where(RequiredOnes.Contains);

    /// <summary>Must have words before the agreement opens for signature; all others may be "not needed", with a
    /// reason.</summary>
    public static bool IsRequired(string key) => RequiredOnes.Contains(key);

    /// <summary>What a body may be let to adjust: not who the parties are, how long it lasts, how it ends, or who
    /// decides.</summary>
    public static bool MayBeAdjusted(string key) =>
        All.Contains(key, StringComparer.Ordinal) && !FrameOnes.Contains(key);
}
