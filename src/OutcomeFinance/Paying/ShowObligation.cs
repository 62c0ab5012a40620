using Iop.Kernel;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;

namespace Iop.OutcomeFinance.Paying;

/// <summary>One obligation, and how far it has come.</summary>
internal static class ShowObligation
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/obligations/{id:guid}", Handle).WithName(nameof(ShowObligation));

    internal static async Task<Answer<ObligationView>> Handle(
        Guid id, OutcomeFinanceDb db, ObligationViews views, CancellationToken cancel) =>
        await db.Obligation(id, cancel) is var (obligation, contract)
            ? Answers.Ok(await views.Of(obligation, contract, cancel), obligation.Version)
            : Refusal.NotFound;
}
