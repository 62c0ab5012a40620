using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>A party may sign the fixed version: its turn has come and its reviewers have looked.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:signing-opened-to-party:v1"), EntityName("iop.agreements.signing-opened-to-party.v1")]
public sealed record SigningOpenedToParty
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    public required string VersionHash { get; init; }

    public required Guid PartyId { get; init; }

    public required Guid OrganisationId { get; init; }

    public Guid? UnitId { get; init; }
}
