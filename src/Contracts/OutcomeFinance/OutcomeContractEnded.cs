using MassTransit;

namespace Iop.Contracts.OutcomeFinance;

/// <summary>The contract has ended and its claims are final: nothing more is calculated on persons.</summary>
/// <remarks>Told by OutcomeFinance. Heard by FollowUp and OutcomeFinance itself (what is known of single participants is
/// destroyed) and Notifications.</remarks>
[MessageUrn("iop:outcome-finance:outcome-contract-ended:v1"), EntityName("iop.outcome-finance.outcome-contract-ended.v1")]
public sealed record OutcomeContractEnded
{
    public required Guid ContractId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required string Title { get; init; }

    public required DateOnly EndedOn { get; init; }
}
