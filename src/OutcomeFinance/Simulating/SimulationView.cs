using System.Globalization;
using System.Text.Json;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain.Simulating;
using Iop.OutcomeFinance.Terms;

namespace Iop.OutcomeFinance.Simulating;

/// <summary>A simulation as the parties see it.</summary>
/// <param name="Seed">With it anybody gets the same answer again.</param>
/// <param name="IsOfTheseTerms">False when the draft has changed since.</param>
/// <param name="Failure">Why there is no result, in words.</param>
public sealed record SimulationView(
    Guid Id, Guid ContractId, string State, int Runs, int RunsDone, string Seed, Guid OrganisationId, string OrganisationName,
    DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, bool IsOfTheseTerms, string? FailureCode, string? Failure,
    IReadOnlyList<GroupView> Groups, IReadOnlyList<AssumptionView> Assumptions, SimulationResultView? Result);

/// <summary>What is assumed of a measure, for all members and periods or for one.</summary>
/// <param name="Shape">fixed (value), triangular (low, likely, high), normal (mean, deviation, low and high if wanted),
/// history (values), chance (percent).</param>
public sealed record AssumptionView(
    string Measure, string Shape, string? Member = null, string? Period = null, string? Value = null, string? Low = null,
    string? Likely = null, string? High = null, string? Mean = null, string? Deviation = null, string? Percent = null,
    IReadOnlyList<string>? Values = null);

public sealed record GroupView(string Collection, IReadOnlyList<string> Members);

/// <summary>Amounts over the runs: the mean, and the amount that 5, 25, 50, 75 and 95 percent of the runs did not
/// exceed.</summary>
public sealed record SpreadView(string Mean, string P5, string P25, string P50, string P75, string P95);

public sealed record BinView(string From, string To, int Runs);

public sealed record PartySpreadView(string Name, SpreadView Amount);

public sealed record PeriodSpreadView(
    string Key, SpreadView Due, SpreadView SoFar, int WaitingRuns, IReadOnlyList<PartySpreadView> Payers);

/// <param name="Rate">Internal rate of return, percent per year; null where no run has one.</param>
public sealed record FunderSpreadView(
    string Name, SpreadView Invested, SpreadView Received, SpreadView Result, IReadOnlyList<BinView> Bins, SpreadView? Rate,
    int RatedRuns, int NoRateRuns, int SeveralRatesRuns, int LossRuns);

/// <summary>A table (its bands), a limit (as it is, or each limit) or a gate (each condition, or otherwise): in how many runs
/// each way was taken, period by period.</summary>
/// <param name="Row">The row of the terms; null for the payout.</param>
public sealed record LevelView(
    string Kind, string? Row, string Text, IReadOnlyList<string> Ways, IReadOnlyList<IReadOnlyList<int>> Runs);

/// <summary>The payment with one measure at its tenth and ninetieth percentile and everything else at its median.</summary>
public sealed record SensitivityView(string Measure, string Low, string High, string Swing);

public sealed record SimulationResultView(
    string Currency, int Runs, SpreadView Total, IReadOnlyList<BinView> Bins, IReadOnlyList<PeriodSpreadView> Periods,
    IReadOnlyList<PartySpreadView> Payers, IReadOnlyList<PartySpreadView> Payees, FunderSpreadView? Funder,
    IReadOnlyList<LevelView> Levels, IReadOnlyList<SensitivityView> Sensitivities);

/// <summary>Makes the views of simulations.</summary>
internal sealed class SimulationViews(TermsReader reader)
{
    /// <summary>The row's version and how far it has come.</summary>
    public static string Tag(SimulationRun run) => string.Create(CultureInfo.InvariantCulture, $"{run.Version}.{run.RunsDone}");

    public SimulationView Of(SimulationRun run, OutcomeContract contract)
    {
        var assumptions = JsonSerializer.Deserialize<Assumptions>(run.Assumptions, SimulatedContracts.Json)!;
        return new SimulationView(
            run.SimulationId.Value, run.ContractId.Value, Words.Of(run.State), run.Runs, run.RunsDone,
            assumptions.Seed.ToString(CultureInfo.InvariantCulture), run.OrganisationId,
            contract.Parties.FirstOrDefault(party => party.OrganisationId == run.OrganisationId)?.Name ?? "",
            run.StartedAt, run.FinishedAt, run.Terms == contract.Newest().Terms, run.FailureCode,
            run.FailureCode is { } code ? reader.Sentence(code, "") : null,
            [.. assumptions.Groups.Select(group => new GroupView(group.Collection, group.Members))],
            [.. assumptions.Measures.Select(Of)],
            run.Result is null ? null : JsonSerializer.Deserialize<SimulationResultView>(run.Result, SimulatedContracts.Json));
    }

    private static AssumptionView Of(Assumption one) => new(
        one.Measure, Words.Of(one.Shape), one.Member, one.Period, one.Value, one.Low, one.Likely, one.High, one.Mean,
        one.Deviation, one.Percent, one.Values);
}
