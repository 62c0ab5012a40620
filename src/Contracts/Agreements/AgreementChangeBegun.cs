using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>An agreement in force is to change: its text is open again, or a party has said that it leaves.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:agreement-change-begun:v1"), EntityName("iop.agreements.agreement-change-begun.v1")]
public sealed record AgreementChangeBegun
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    /// <summary>renegotiation, accession, withdrawal or renewal.</summary>
    public required string Kind { get; init; }

    public required string Reason { get; init; }

    /// <summary>Whose people began it.</summary>
    public required Guid OrganisationId { get; init; }

    public required DateOnly EffectiveOn { get; init; }

    /// <summary>Who joins or leaves.</summary>
    public Guid? PartyId { get; init; }
}
