using System.Text.Json;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Simulating;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Simulating;

/// <summary>Computes the simulations that wait, one at a time in each replica. What was begun by a process that is gone is begun
/// anew
/// when its lease is over: the same seed gives the same answer.</summary>
internal sealed class RunSimulations(IServiceScopeFactory scopes, TimeProvider clock, ILogger<RunSimulations> log)
    : BackgroundService
{
    private const int Chunk = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await Next(stoppingToken) is { } work) await Compute(work, stoppingToken);
            }
            catch (Exception trouble) when (trouble is not OperationCanceledException)
            {
                log.LogWarning(trouble, "Simulations could not be computed just now.");
            }
            await Task.Delay(Pause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private sealed record Work(SimulationId Id, int Attempt, SimulatedContract Contract, Assumptions Assumptions);

    /// <summary>Takes one that waits, or whose lease is over. Null when there is none.</summary>
    private async Task<Work?> Next(CancellationToken cancel)
    {
        while (true)
        {
            var taken = await InTransaction(async db =>
            {
                var now = clock.GetUtcNow();
                var run = await db.Simulations.FromSql($"""
                    SELECT * FROM simulation WHERE state = 'Waiting' OR (state = 'Running' AND lease_until < {now})
                    ORDER BY started_at LIMIT 1 FOR UPDATE SKIP LOCKED
                    """).AsAsyncEnumerable().FirstOrDefaultAsync(cancel);
                if (run is null) return (false, (Work?)null);
                var begun = run.Begin(now, now + Lease);
                await db.SaveChangesAsync(cancel);
                return (true, begun ? await WorkOf(run, db, cancel) : null);
            }, cancel);
            if (!taken.Item1) return null;
            if (taken.Item2 is { } work) return work;
        }
    }

    private static async Task<Work> WorkOf(SimulationRun run, OutcomeFinanceDb db, CancellationToken cancel)
    {
        var contract = await db.Contract(run.ContractId, cancel) ?? throw new InvalidOperationException("Its contract is gone.");
        var verified = await db.Measurements.AsNoTracking().Include(one => one.Figures)
            .Where(one => one.ContractId == run.ContractId).ToListAsync(cancel);
        var program = TermsReader.Read(run.Terms).Program ?? throw new InvalidOperationException("Its terms do not hold.");
        return new Work(
            run.SimulationId, run.Attempts, SimulatedContracts.Of(
                contract, contract.Editions.LastOrDefault(one => one.Terms == run.Terms) ?? contract.Newest(), program, verified,
                await db.Owed(run.ContractId, cancel), await VerifiedHistory.Of(run.ContractId, db, cancel)),
            JsonSerializer.Deserialize<Assumptions>(run.Assumptions, SimulatedContracts.Json)!);
    }

    private async Task Compute(Work work, CancellationToken cancel)
    {
        var simulator = Simulator.Of(work.Contract, work.Assumptions, out var refusal);
        if (simulator is null)
        {
            // What was verified since does not go with what was assumed.
            log.LogInformation("Simulation {Id} does not fit: {Code}.", work.Id.Value, refusal!.Code);
            await Finish(work, null, "simulation.figures-refused", cancel);
            return;
        }
        var outcomes = new Outcomes(work.Contract, work.Assumptions.Runs);
        for (var from = 0; from < work.Assumptions.Runs; from += Chunk)
        {
            var count = Math.Min(Chunk, work.Assumptions.Runs - from);
            if (simulator.Run(from, count, outcomes) is { } problem)
            {
                await Finish(work, null, problem.Code == "terms.too-much-work"
                    ? "simulation.too-much-work" : "simulation.figures-refused",
                    cancel);
                return;
            }
            if (!await ComesTo(work, from + count, cancel)) return;
        }
        simulator.GiveCountsTo(outcomes);
        var summary = Summary.Of(work.Contract, outcomes, simulator);
        var result = ResultOfSimulation.Of(summary, work.Contract.Program.Currency);
        await Finish(work, JsonSerializer.Serialize(result, SimulatedContracts.Json), null, cancel);
    }

    /// <summary>False when it was cancelled, or somebody else has begun it anew.</summary>
    private Task<bool> ComesTo(Work work, int runsDone, CancellationToken cancel) => Mine(
        work, (run, now) => run.HasCome(runsDone, now + Lease), cancel);

    private Task<bool> Finish(Work work, string? result, string? failure, CancellationToken cancel) => Mine(
        work, (run, now) => run.Finish(result, failure, now), cancel);

    private Task<bool> Mine(Work work, Action<SimulationRun, DateTimeOffset> act, CancellationToken cancel) =>
        InTransaction(async db =>
    {
        var run = await db.Simulations.FromSql($"SELECT * FROM simulation WHERE simulation_id = {work.Id.Value} FOR UPDATE")
            .AsAsyncEnumerable().SingleAsync(cancel);
        if (run.State is not SimulationState.Running || run.Attempts != work.Attempt) return false;
        act(run, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return true;
    }, cancel);

    private async Task<T> InTransaction<T>(Func<OutcomeFinanceDb, Task<T>> act, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Acting>().AsSystem();
        var db = scope.ServiceProvider.GetRequiredService<OutcomeFinanceDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var result = await act(db);
        await transaction.CommitAsync(cancel);
        return result;
    }
}
