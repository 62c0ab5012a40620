using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>Somebody commented on a section, answered, or settled what was asked. The words themselves are not told.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:section-commented:v1"), EntityName("iop.agreements.section-commented.v1")]
public sealed record SectionCommented
{
    public required Guid ThreadId { get; init; }

    /// <summary>The thread's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required Guid AgreementId { get; init; }

    /// <summary>The agreement's.</summary>
    public required string Title { get; init; }

    public required string SectionKey { get; init; }

    /// <summary>commented, replied or resolved.</summary>
    public required string Act { get; init; }

    /// <summary>Who did it.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>The organisations that may hear of it and are concerned.</summary>
    public required IReadOnlyList<Guid> Hearers { get; init; }
}
