using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>What was decided of a shared pool has been paid in full, or taken back.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:pool-grant-closed:v1"), EntityName("iop.agreements.pool-grant-closed.v1")]
public sealed record PoolGrantClosed
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

    /// <summary>paid or released.</summary>
    public required string How { get; init; }
}
