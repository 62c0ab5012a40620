using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>The text is fixed; reviewers are to look at it before their party may sign.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:version-review-asked:v1"), EntityName("iop.agreements.version-review-asked.v1")]
public sealed record VersionReviewAsked
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    public required string VersionHash { get; init; }

    public required IReadOnlyList<VersionReviewAskedReviewer> Reviewers { get; init; }
}

/// <summary>One who is to look: a person, or anybody with a role.</summary>
public sealed record VersionReviewAskedReviewer
{
    public required Guid ReviewerId { get; init; }

    public required Guid OrganisationId { get; init; }

    public Guid? UnitId { get; init; }

    public Guid? PersonId { get; init; }

    public string? Role { get; init; }
}
