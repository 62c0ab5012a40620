namespace Iop.Agreements.Domain.Signing;

/// <summary>Somebody has read the text as it stood (tagit del av): so that it can be shown what has changed since. Seen only
/// within the own organisation.</summary>
public sealed class Look
{
    public const int CommentMax = 2_000;

    public required Guid LookId { get; init; }

    public required AgreementId AgreementId { get; init; }

    public required PartnershipId PartnershipId { get; init; }

    public required OrganisationRef Organisation { get; init; }

    public required PersonRef Person { get; init; }

    public string? PersonName { get; init; }

    /// <summary>The version's hash, or that of the draft as it stood.</summary>
    public required string Hash { get; init; }

    /// <summary>The draft as it stood, in canonical form; null for a version, which is kept anyhow.</summary>
    public byte[]? Canonical { get; init; }

    public string? Comment { get; init; }

    public required DateTimeOffset LookedAt { get; init; }
}
