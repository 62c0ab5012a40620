using MassTransit;

namespace Iop.Contracts.OutcomeFinance;

/// <summary>Whoever an obligation is owed to has given it up, with a reason.</summary>
/// <remarks>Told by OutcomeFinance. Heard by Notifications.</remarks>
[MessageUrn("iop:outcome-finance:obligation-written-off:v1"), EntityName("iop.outcome-finance.obligation-written-off.v1")]
public sealed record ObligationWrittenOff
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

    /// <summary>Who gave it up.</summary>
    public required Guid OrganisationId { get; init; }

    public required string Reason { get; init; }
}
