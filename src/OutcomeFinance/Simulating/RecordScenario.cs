using System.Text.Json;
using System.Text.Json.Nodes;
using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Simulating;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Domain.Terms.Numbers;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Simulating;

/// <summary>A party records what it expects, hopes or fears (scenario), as figures of its own or by a simulation's assumptions;
/// the terms say what it comes to. The newest of each kind counts.</summary>
internal static class RecordScenario
{
    /// <param name="Kind">expected, best or worst.</param>
    /// <param name="SimulationId">Takes its assumptions: every measure at its median; at the better or worse of its tenth and
    /// ninetieth percentile.</param>
    /// <param name="Figures">Or the figures themselves, period by period.</param>
    public sealed record Request(string Kind, Guid? SimulationId = null, IReadOnlyList<FiguresRequest>? Figures = null);

    public sealed record FiguresRequest(string Period, IReadOnlyDictionary<string, JsonElement> Values);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/contracts/{id:guid}/scenarios", Handle).WithName(nameof(RecordScenario)).Creates();

    internal static async Task<Answer<ScenarioView>> Handle(
        Guid id, Request request, Caller caller, OutcomeFinanceDb db, TimeProvider clock, CancellationToken cancel)
    {
        var contract = await db.LockedContract(new ContractId(id), cancel);
        var actor = new Actor(caller.Person, caller.Organisation, caller.Unit);
        if (contract is null || !contract.Parties.Any(party => !party.Verifies && party.IsActedForBy(actor)))
            return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer, Roles.Controller) is { } missing) return missing;
        if (Malformed(request) is { } malformed) return malformed;
        if (TermsReader.Read(contract.Newest().Terms).Program is not { } program) return SimulationRefusals.TermsFaulty;
        var simulated = SimulatedContracts.Of(
            contract, contract.Newest(), program, [], await db.Owed(contract.ContractId, cancel),
            await VerifiedHistory.Of(contract.ContractId, db, cancel));
        var kind = Words.Read<ScenarioKind>(request.Kind)!.Value;
        IReadOnlyList<PeriodFigures> figures;
        if (request.SimulationId is { } simulation)
        {
            var run = await db.Simulations.AsNoTracking().SingleOrDefaultAsync(
                one => one.SimulationId == new SimulationId(simulation) && one.ContractId == contract.ContractId, cancel);
            if (run is null) return SimulationRefusals.Field("simulationId", "scenario.simulation-unknown");
            if (run.State is not SimulationState.Done) return SimulationRefusals.NotDone;
            var assumed = JsonSerializer.Deserialize<Assumptions>(run.Assumptions, SimulatedContracts.Json)!;
            if (Simulator.Of(simulated, assumed, out var unfit) is not { } simulator) return unfit!;
            simulator.At(cell => kind.At(cell));
            figures = simulator.Figures;
        }
        else figures = Figures(request.Figures!, contract);
        var evaluation = TermsText.Evaluate(program, simulated.Request(figures));
        if (evaluation.Problem is { } problem) return EvaluateTerms.Unusable(problem);
        var earlier = await db.Scenarios.CountAsync(one => one.ContractId == contract.ContractId && one.Kind == kind, cancel);
        if (earlier >= NumberMax) return ScenarioRefusals.TooMany;
        var scenario = Of(contract, simulated, evaluation.Result!, new Scenario
        {
            ScenarioId = Guid.CreateVersion7(clock.GetUtcNow()),
            ContractId = contract.ContractId,
            Kind = kind,
            Number = earlier + 1,
            OrganisationId = caller.Organisation,
            PersonId = caller.Person,
            At = clock.GetUtcNow(),
            TermsHash = program.Hash,
            SimulationId = request.SimulationId is { } taken ? new SimulationId(taken) : null,
            Figures = FiguresOnPaper.Of(figures).ToJsonString(),
            Currency = program.Currency.Code,
            TotalMinor = evaluation.Result!.Total.Minor,
            InvestedMinor = Invested(simulated, evaluation.Result),
            ReceivedMinor = Received(simulated, evaluation.Result),
            RateBasisPoints = RateOfReturn.Of(Simulator.FundersFlows(simulated,
                evaluation.Result)) is { Kind: RateKind.Found } rate
                ? rate.BasisPoints : null,
        });
        db.Scenarios.Add(scenario);
        await db.SaveChangesAsync(cancel);
        return Answers.Created(
            $"/outcome-finance/v1/contracts/{id}/scenarios", ScenarioViews.Of(scenario, contract, program.Hash), scenario.Number);
    }

    private const int NumberMax = 200;

    private static Scenario Of(OutcomeContract contract, SimulatedContract simulated, TermsResult result, Scenario scenario)
    {
        var funder = simulated.Program.Plan.FunderName;
        var edition = contract.Newest();
        var terms = TermsReader.Read(edition.Terms).InForce!;
        scenario.Take(
            result.Periods.Select(period => new ScenarioPeriod(
                scenario.ScenarioId, contract.ContractId, period.Period, period.Due.Minor,
                period.Obligations.Where(one => one.Payee == funder).Sum(one => one.Amount.Minor))),
            // A draft may still name somebody who is no party; signing refuses that.
            from period in result.Periods
            from one in period.Obligations
            let payer = edition.Roster.PayerCalled(terms, one.Payer)
            let payee = edition.Roster.PayeeCalled(terms, one.Payee)
            where payer is not null && payee is not null
            group one.Amount.Minor by (period.Period, Payer: payer.Id, Payee: payee.Id) into same
            select new ScenarioPayment(
                scenario.ScenarioId, contract.ContractId, same.Key.Period, same.Key.Payer, same.Key.Payee, same.Sum()));
        return scenario;
    }

    private static long? Invested(SimulatedContract contract, TermsResult result) =>
        Simulator.FundersFlows(contract, result) is { Count: > 0 } flows
            ? -flows.Where(one => one.Minor < 0).Sum(one => one.Minor) : null;

    private static long? Received(SimulatedContract contract, TermsResult result) =>
        Simulator.FundersFlows(contract, result) is { Count: > 0 } flows
            ? flows.Where(one => one.Minor > 0).Sum(one => one.Minor) : null;

    private static List<PeriodFigures> Figures(IReadOnlyList<FiguresRequest> figures, OutcomeContract contract)
    {
        var finals = contract.Periods.Where(period => period.Final).Select(period => period.Key)
            .ToHashSet(StringComparer.Ordinal);
        return [.. figures.Select(one => new PeriodFigures(
            one.Period, finals.Contains(one.Period),
            one.Values.ToDictionary(pair => pair.Key, pair => EvaluateTerms.Figure(pair.Value), StringComparer.Ordinal)))];
    }

    private static Refusal? Malformed(Request request)
    {
        var fields = new Fields().OneOf("kind", request.Kind, Words.All<ScenarioKind>())
            .Must("figures", (request.Figures is null) != (request.SimulationId is null), "scenario.figures-or-simulation")
            .Count("figures", request.Figures?.Count ?? 1, 1, OutcomeContract.PeriodsMax);
        foreach (var (at, one) in (request.Figures ?? []).Take(OutcomeContract.PeriodsMax).Index())
            fields.Text($"figures[{at}].period", one?.Period, 60);
        return fields.Refusal;
    }
}

/// <summary>Figures as JSON, as they would be reported.</summary>
internal static class FiguresOnPaper
{
    public static JsonArray Of(IReadOnlyList<PeriodFigures> periods) =>
    [
        .. periods.Select(period => (JsonNode)new JsonObject
        {
            ["period"] = period.Period,
            ["values"] = new JsonObject(period.Values.Select(pair => KeyValuePair.Create(pair.Key, Of(pair.Value)))),
        }),
    ];

    private static JsonNode? Of(Figure figure) => figure switch
    {
        FigureNumber number => JsonValue.Create(WireNumber.Format(number.Number)),
        FigureText text => JsonValue.Create(text.Text),
        FigureYesNo answer => JsonValue.Create(answer.Yes),
        FigureList list => new JsonArray([.. list.Items.Select(Of)]),
        FigureMap map => new JsonObject(map.Entries.Select(pair => KeyValuePair.Create(pair.Key, Of(pair.Value)))),
        _ => null,
    };
}
