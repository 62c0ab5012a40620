using MassTransit;

namespace Iop.Contracts.FollowUp;

/// <summary>The parties have decided what a deviation leads to; it is never changed after that.</summary>
/// <remarks>Told by FollowUp. Heard by Notifications.</remarks>
[MessageUrn("iop:follow-up:deviation-decided:v1"), EntityName("iop.follow-up.deviation-decided.v1")]
public sealed record DeviationDecided
{
    public required Guid DeviationId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required Guid AgreementId { get; init; }

    public required string Title { get; init; }

    /// <summary>Who wrote the decision down.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>keep, adjust-plan or propose-renegotiation.</summary>
    public required string Decision { get; init; }
}
