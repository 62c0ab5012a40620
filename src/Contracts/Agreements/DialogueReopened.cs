using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>A dialogue that had ended was taken up again.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:dialogue-reopened:v1"), EntityName("iop.agreements.dialogue-reopened.v1")]
public sealed record DialogueReopened
{
    public required Guid PartnershipId { get; init; }

    /// <summary>The partnership's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required string PartnershipTitle { get; init; }

    public required string Reason { get; init; }

    /// <summary>Who took it up.</summary>
    public required Guid OrganisationId { get; init; }
}
