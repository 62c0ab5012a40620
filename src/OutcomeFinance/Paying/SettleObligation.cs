using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Paying;

/// <summary>The payee confirms the payment (bekräftar betalningen): settled is never the payer's word alone.</summary>
internal static class SettleObligation
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/obligations/{id:guid}/settlement", Handle).WithName(nameof(SettleObligation));

    internal static async Task<Answer<ObligationView>> Handle(
        Guid id, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, ObligationViews views, Settlements settlements,
        CancellationToken cancel)
    {
        if (await db.Obligation(id, cancel) is not var (obligation, contract)) return Refusal.NotFound;
        if (caller.Lacks(Roles.Controller, Roles.Officer) is { } missing) return missing;
        if (ifMatch.Misses(obligation.Version) is { } stale) return stale;
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        if (await settlements.Settle(obligation, contract, by, cancel) is { } refusal) return refusal;
        return Answers.Ok(await views.Of(obligation, contract, cancel), obligation.Version);
    }
}
