using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Contracting;

/// <summary>A funder pays in so much on a day, as the contract plans it (investeringsplan).</summary>
internal sealed class PlannedInvestment
{
    public const int Max = 200;

    public required Guid InvestmentId { get; init; }

    public required ContractId ContractId { get; init; }

    public required int Position { get; init; }

    public required PartyId PartyId { get; init; }

    public required DateOnly On { get; init; }

    public required long AmountMinor { get; init; }
}
