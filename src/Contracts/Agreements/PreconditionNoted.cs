using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>A party has noted that something outside shifts the ground the parties agreed on.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:precondition-noted:v1"), EntityName("iop.agreements.precondition-noted.v1")]
public sealed record PreconditionNoted
{
    public required Guid PreconditionId { get; init; }

    /// <summary>The precondition's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid AgreementId { get; init; }

    public required Guid PartnershipId { get; init; }

    /// <summary>The agreement's.</summary>
    public required string Title { get; init; }

    public required DateOnly OccursOn { get; init; }

    /// <summary>Whose people noted it.</summary>
    public required Guid OrganisationId { get; init; }
}
