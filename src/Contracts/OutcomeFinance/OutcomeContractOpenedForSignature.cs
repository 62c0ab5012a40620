using MassTransit;

namespace Iop.Contracts.OutcomeFinance;

/// <summary>The contract and its terms are fixed; the parties are to sign.</summary>
/// <remarks>Told by OutcomeFinance. Heard by Notifications.</remarks>
[MessageUrn("iop:outcome-finance:outcome-contract-opened-for-signature:v1"),
    EntityName("iop.outcome-finance.outcome-contract-opened-for-signature.v1")]
public sealed record OutcomeContractOpenedForSignature
{
    public required Guid ContractId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required string Title { get; init; }

    public required string VersionHash { get; init; }

    public required IReadOnlyList<OutcomeContractOpenedForSignatureParty> Parties { get; init; }
}

/// <summary>A party that signs.</summary>
public sealed record OutcomeContractOpenedForSignatureParty
{
    public required Guid OrganisationId { get; init; }

    public Guid? UnitId { get; init; }

    public required string Name { get; init; }

    /// <summary>payer, funder, payee, provider or verifier.</summary>
    public required string Role { get; init; }
}
