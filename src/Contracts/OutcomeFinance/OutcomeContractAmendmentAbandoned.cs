using MassTransit;

namespace Iop.Contracts.OutcomeFinance;

/// <summary>An amendment that was open for signature is given up; the contract stays as it is.</summary>
/// <remarks>Told by OutcomeFinance. Heard by Notifications.</remarks>
[MessageUrn("iop:outcome-finance:outcome-contract-amendment-abandoned:v1"),
    EntityName("iop.outcome-finance.outcome-contract-amendment-abandoned.v1")]
public sealed record OutcomeContractAmendmentAbandoned
{
    public required Guid ContractId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    /// <summary>Of the version of the contract, from 2.</summary>
    public required int Number { get; init; }

    public required string Title { get; init; }

    public required DateOnly HoldsFrom { get; init; }

    public required string Reason { get; init; }
}
