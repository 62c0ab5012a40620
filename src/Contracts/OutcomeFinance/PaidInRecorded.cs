using MassTransit;

namespace Iop.Contracts.OutcomeFinance;

/// <summary>A funder says that it has paid in; who received it is to say whether it has come.</summary>
/// <remarks>Told by OutcomeFinance. Heard by Notifications.</remarks>
[MessageUrn("iop:outcome-finance:paid-in-recorded:v1"), EntityName("iop.outcome-finance.paid-in-recorded.v1")]
public sealed record PaidInRecorded
{
    public required Guid PaidInId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid ContractId { get; init; }

    public required string ContractTitle { get; init; }

    public required Guid FunderOrganisationId { get; init; }

    public required Guid ReceiverOrganisationId { get; init; }

    /// <summary>Hundredths of the currency.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    public required DateOnly PaidOn { get; init; }
}
