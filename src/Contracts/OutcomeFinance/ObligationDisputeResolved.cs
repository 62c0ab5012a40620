using MassTransit;

namespace Iop.Contracts.OutcomeFinance;

/// <summary>Whoever disputed an obligation has said how the dispute ended; it goes on where it was.</summary>
/// <remarks>Told by OutcomeFinance. Heard by Notifications.</remarks>
[MessageUrn("iop:outcome-finance:obligation-dispute-resolved:v1"),
    EntityName("iop.outcome-finance.obligation-dispute-resolved.v1")]
public sealed record ObligationDisputeResolved
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

    /// <summary>Who had disputed it.</summary>
    public required Guid OrganisationId { get; init; }

    public required string Outcome { get; init; }
}
