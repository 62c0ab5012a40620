using Iop.Agreements.Domain.Life;

namespace Iop.Agreements.Domain.Signing;

/// <summary>The text as it was fixed (opened for signature, decided, renewed): canonical bytes, their hash, and the hash of the
/// version before. No login may change or delete it.</summary>
public sealed class AgreementVersion
{
    public required AgreementId AgreementId { get; init; }

    public required PartnershipId PartnershipId { get; init; }

    /// <summary>From 1 within the agreement.</summary>
    public required int Number { get; init; }

    public required string Hash { get; init; }

    public string? PreviousHash { get; init; }

    /// <summary>What the lawyers approved.</summary>
    public required string AssessedHash { get; init; }

    /// <summary>RFC 8785 JSON in UTF-8.</summary>
    public required byte[] Canonical { get; init; }

    public ChangeKind Kind { get; init; }

    public Binding BindsBy { get; init; }

    /// <summary>The change it carries out.</summary>
    public ChangeId? ChangeId { get; init; }

    /// <summary>The day it is to take effect; null for the first, whose text says it.</summary>
    public DateOnly? EffectiveOn { get; init; }

    /// <summary>Null when the agreement renewed itself.</summary>
    public required PersonRef? OpenedBy { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }
}
