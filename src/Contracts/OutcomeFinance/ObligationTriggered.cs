using MassTransit;

namespace Iop.Contracts.OutcomeFinance;

/// <summary>A verified measurement has made an amount due, or adjusted one: the payee is to claim it.</summary>
/// <remarks>Told by OutcomeFinance. Heard by Notifications.</remarks>
[MessageUrn("iop:outcome-finance:obligation-triggered:v1"), EntityName("iop.outcome-finance.obligation-triggered.v1")]
public sealed record ObligationTriggered
{
    public required Guid ObligationId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid ContractId { get; init; }

    public required string ContractTitle { get; init; }

    public required string PeriodKey { get; init; }

    public required Guid PayerOrganisationId { get; init; }

    public required Guid PayeeOrganisationId { get; init; }

    /// <summary>Hundredths of the currency; negative for a credit.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }
}
