using MassTransit;

namespace Iop.Contracts.OutcomeFinance;

/// <summary>An amendment of a signed outcome contract is fixed; all who are party before or after it are to sign.</summary>
/// <remarks>Told by OutcomeFinance. Heard by Notifications.</remarks>
[MessageUrn("iop:outcome-finance:outcome-contract-amendment-opened:v1"),
    EntityName("iop.outcome-finance.outcome-contract-amendment-opened.v1")]
public sealed record OutcomeContractAmendmentOpened
{
    public required Guid ContractId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    /// <summary>Of the version of the contract, from 2.</summary>
    public required int Number { get; init; }

    public required string Title { get; init; }

    public required string VersionHash { get; init; }

    public required DateOnly HoldsFrom { get; init; }

    public required IReadOnlyList<OutcomeContractAmendmentOpenedParty> Parties { get; init; }
}

/// <summary>A party that signs.</summary>
public sealed record OutcomeContractAmendmentOpenedParty
{
    public required Guid OrganisationId { get; init; }

    public Guid? UnitId { get; init; }

    public required string Name { get; init; }

    /// <summary>payer, funder, payee, provider or verifier.</summary>
    public required string Role { get; init; }
}
