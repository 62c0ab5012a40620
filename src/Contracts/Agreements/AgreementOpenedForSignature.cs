using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>The text is fixed; the parties are to sign.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:agreement-opened-for-signature:v1"), EntityName("iop.agreements.agreement-opened-for-signature.v1")]
public sealed record AgreementOpenedForSignature
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    /// <summary>SHA-256 of the canonical version, hexadecimal.</summary>
    public required string VersionHash { get; init; }

    public required IReadOnlyList<AgreementOpenedForSignatureParty> Parties { get; init; }
}

/// <summary>A party, as it stood then.</summary>
public sealed record AgreementOpenedForSignatureParty
{
    public required Guid PartyId { get; init; }

    public required Guid OrganisationId { get; init; }

    public Guid? UnitId { get; init; }

    public required string Name { get; init; }

    /// <summary>public, idea-driven or private.</summary>
    public required string Kind { get; init; }

    /// <summary>1 or 2: associations usually sign two together.</summary>
    public required int RequiredSignatures { get; init; }
}
