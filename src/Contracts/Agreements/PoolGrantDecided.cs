using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>The parties have decided together to use money of their shared pool.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:pool-grant-decided:v1"), EntityName("iop.agreements.pool-grant-decided.v1")]
public sealed record PoolGrantDecided
{
    public required Guid GrantId { get; init; }

    /// <summary>The pool's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PoolId { get; init; }

    public required Guid AgreementId { get; init; }

    public required Guid PartnershipId { get; init; }

    /// <summary>The pool's.</summary>
    public required string Title { get; init; }

    public required string Purpose { get; init; }

    public required long AmountMinor { get; init; }

    public required string Currency { get; init; }

    public required Guid ReceiverOrganisationId { get; init; }

    /// <summary>Whose account the money lies in: its people pay.</summary>
    public required Guid HolderOrganisationId { get; init; }

    public required Guid? HolderUnitId { get; init; }
}
