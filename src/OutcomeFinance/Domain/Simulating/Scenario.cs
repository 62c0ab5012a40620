namespace Iop.OutcomeFinance.Domain.Simulating;

/// <summary>What somebody expects, hopes or fears (scenario), and what the terms make of it. The newest of each kind
/// counts.</summary>
internal sealed class Scenario
{
    private readonly List<ScenarioPeriod> _periods = [];
    private readonly List<ScenarioPayment> _payments = [];

    public required Guid ScenarioId { get; init; }

    public required ContractId ContractId { get; init; }

    public required ScenarioKind Kind { get; init; }

    /// <summary>How often this kind has been recorded for the contract, this one included.</summary>
    public required int Number { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid PersonId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Of the text it is computed by.</summary>
    public required string TermsHash { get; init; }

    /// <summary>Whose assumptions it is taken from; null when the figures were written down.</summary>
    public SimulationId? SimulationId { get; init; }

    /// <summary>JSON of the figures, period by period.</summary>
    public required string Figures { get; init; }

    public required string Currency { get; init; }

    public required long TotalMinor { get; init; }

    public long? InvestedMinor { get; init; }

    public long? ReceivedMinor { get; init; }

    /// <summary>Hundredths of a percent per year; null when there is no rate, or several.</summary>
    public int? RateBasisPoints { get; init; }

    public IReadOnlyList<ScenarioPeriod> Periods => _periods;

    /// <summary>Who would pay whom, by period.</summary>
    public IReadOnlyList<ScenarioPayment> Payments => _payments;

    public void Take(IEnumerable<ScenarioPeriod> periods, IEnumerable<ScenarioPayment> payments)
    {
        _periods.AddRange(periods);
        _payments.AddRange(payments);
    }
}

/// <param name="DueMinor">What becomes due in the period.</param>
/// <param name="FunderMinor">How much of it comes back to the funder.</param>
internal sealed record ScenarioPeriod(
    Guid ScenarioId, ContractId ContractId, string PeriodKey, long DueMinor, long FunderMinor);

/// <param name="AmountMinor">What the payer would owe the payee for the period.</param>
internal sealed record ScenarioPayment(
    Guid ScenarioId, ContractId ContractId, string PeriodKey, PartyId PayerPartyId, PartyId PayeePartyId, long AmountMinor);
