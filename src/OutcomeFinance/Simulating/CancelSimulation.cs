using System.Globalization;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Storage;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Simulating;

/// <summary>A party cancels a simulation that is waiting or running (avbryter). Nothing is kept of what it had come to.</summary>
internal static class CancelSimulation
{
    public static void Map(IEndpointRouteBuilder api) => api
        .MapPost("/contracts/{id:guid}/simulations/{simulationId:guid}/cancellation", Handle).WithName(nameof(CancelSimulation));

    internal static async Task<Answer<SimulationView>> Handle(
        Guid id, Guid simulationId, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, SimulationViews views,
        TimeProvider clock,
        CancellationToken cancel)
    {
        var run = await db.Simulations.SingleOrDefaultAsync(
            one => one.SimulationId == new SimulationId(simulationId) && one.ContractId == new ContractId(id), cancel);
        if (run is null || await db.Contract(run.ContractId, cancel) is not { } contract) return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer, Roles.Controller) is { } missing) return missing;
        // The tag also says how far it has come; that it has come further since is no reason not to cancel.
        var version = run.Version.ToString(CultureInfo.InvariantCulture);
        var seen = ifMatch.Tag is null ? ifMatch : new IfMatch(ifMatch.Tag.Split('.')[0]);
        if (seen.Misses(version) is { } stale) return stale;
        if (run.Cancel(clock.GetUtcNow()) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(views.Of(run, contract), SimulationViews.Tag(run));
    }
}
