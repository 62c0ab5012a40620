using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Simulating;

/// <summary>How far a simulation has come, what was assumed, and what came of it.</summary>
internal static class ShowSimulation
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/contracts/{id:guid}/simulations/{simulationId:guid}", Handle).WithName(nameof(ShowSimulation));

    internal static async Task<Answer<SimulationView>> Handle(
        Guid id, Guid simulationId, OutcomeFinanceDb db, SimulationViews views, CancellationToken cancel)
    {
        var run = await db.Simulations.AsNoTracking().SingleOrDefaultAsync(
            one => one.SimulationId == new SimulationId(simulationId) && one.ContractId == new ContractId(id), cancel);
        if (run is null || await db.Contract(run.ContractId, cancel) is not { } contract) return Refusal.NotFound;
        return Answers.Ok(views.Of(run, contract), SimulationViews.Tag(run));
    }
}
