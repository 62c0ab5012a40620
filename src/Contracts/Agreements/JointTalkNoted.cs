using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>A joint talk was booked, or somebody has told whether it was held.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:joint-talk-noted:v1"), EntityName("iop.agreements.joint-talk-noted.v1")]
public sealed record JointTalkNoted
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    /// <summary>Who says so.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>booked, held or not-held.</summary>
    public required string What { get; init; }

    public required DateOnly On { get; init; }
}
