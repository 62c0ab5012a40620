using Iop.Web.Contracts;
using Iop.Web.Gateway;

namespace Iop.Web.Simulating;

/// <summary>Simulations, scenarios and the investment schedule of a contract, as the pages use them.</summary>
internal sealed class SimulationsApi(GatewayCalls gateway)
{
    private const string Root = "/outcome-finance/v1/contracts";

    public Task<Answer<SimulationList>> List(Guid contract, CancellationToken cancel) =>
        gateway.Get<SimulationList>($"{Root}/{contract}/simulations?limit=20", cancel);

    public Task<Answer<Simulation>> Show(Guid contract, Guid id, CancellationToken cancel) =>
        gateway.Get<Simulation>($"{Root}/{contract}/simulations/{id}", cancel);

    public Task<Answer<Simulation>> Start(Guid contract, object body, string? key, CancellationToken cancel) =>
        gateway.Create<Simulation>($"{Root}/{contract}/simulations", body, key, cancel);

    public Task<Answer<object>> Cancel(Guid contract, Guid id, string? tag, CancellationToken cancel) =>
        gateway.Act<object>(HttpMethod.Post, $"{Root}/{contract}/simulations/{id}/cancellation", new { }, tag, null, cancel);

    public Task<Answer<Listing<ScenarioOfContract>>> Scenarios(Guid contract, CancellationToken cancel) =>
        gateway.Get<Listing<ScenarioOfContract>>($"{Root}/{contract}/scenarios", cancel);

    public Task<Answer<object>> Record(Guid contract, string kind, Guid simulationId, string? key, CancellationToken cancel) =>
        gateway.Create<object>($"{Root}/{contract}/scenarios", new { kind, simulationId }, key, cancel);

    public Task<Answer<Contract>> PlanInvestments(
        Guid contract, IReadOnlyList<object> investments, string? tag, CancellationToken cancel) =>
        gateway.Act<Contract>(HttpMethod.Put, $"{Root}/{contract}/investments", new { investments }, tag, null, cancel);
}

public sealed record SimulationList(IReadOnlyList<SimulationInList> Items, IReadOnlyList<MeasureToAssume> Measures);

public sealed record SimulationInList(
    Guid Id, string State, int Runs, int RunsDone, string? OrganisationName, DateTimeOffset StartedAt);

public sealed record MeasureToAssume(string Path, string Type, string? Unit, IReadOnlyList<string>? History = null);

public sealed record Simulation(
    Guid Id, string State, int Runs, int RunsDone, string Seed, string? OrganisationName, DateTimeOffset StartedAt,
    bool IsOfTheseTerms, string? Failure, IReadOnlyList<GroupOfMembers> Groups, IReadOnlyList<Assumed> Assumptions,
    SimulationResult? Result);

public sealed record GroupOfMembers(string Collection, IReadOnlyList<string> Members);

public sealed record Assumed(
    string Measure, string Shape, string? Member, string? Period, string? Value, string? Low, string? Likely, string? High,
    string? Mean, string? Deviation, string? Percent, IReadOnlyList<string>? Values);

public sealed record Spread(string Mean, string P5, string P25, string P50, string P75, string P95);

public sealed record Bin(string From, string To, int Runs);

public sealed record PartySpread(string Name, Spread Amount);

public sealed record PeriodSpread(string Key, Spread Due, int WaitingRuns);

public sealed record FunderSpread(
    Spread Invested, Spread Received, Spread Result, IReadOnlyList<Bin> Bins, Spread? Rate, int RatedRuns, int NoRateRuns,
    int SeveralRatesRuns, int LossRuns);

public sealed record Level(
    string Kind, string? Row, string Text, IReadOnlyList<string> Ways, IReadOnlyList<IReadOnlyList<int>> Runs);

public sealed record Sensitivity(string Measure, string Low, string High, string Swing);

public sealed record SimulationResult(
    string Currency, int Runs, Spread Total, IReadOnlyList<Bin> Bins, IReadOnlyList<PeriodSpread> Periods,
    IReadOnlyList<PartySpread> Payers, IReadOnlyList<PartySpread> Payees, FunderSpread? Funder, IReadOnlyList<Level> Levels,
    IReadOnlyList<Sensitivity> Sensitivities);

public sealed record ScenarioOfContract(
    string Kind, DateTimeOffset At, string? OrganisationName, bool IsOfTheseTerms, string Currency, string Total,
    string? Invested, string? Received, string? Rate);
