using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>The dialogue of a partnership ended without an agreement.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:dialogue-ended:v1"), EntityName("iop.agreements.dialogue-ended.v1")]
public sealed record DialogueEnded
{
    public required Guid PartnershipId { get; init; }

    /// <summary>The partnership's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required string PartnershipTitle { get; init; }

    /// <summary>other-form or no-agreement.</summary>
    public required string Outcome { get; init; }

    /// <summary>What was chosen instead, for other-form.</summary>
    public string? Form { get; init; }

    public required string Reason { get; init; }

    /// <summary>Who ended it.</summary>
    public required Guid OrganisationId { get; init; }
}
