using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Paying;

/// <summary>Whoever disputed says how it ended (avslutar tvisten); the obligation returns to the state it left.</summary>
internal static class ResolveDispute
{
    public sealed record Request(string Outcome);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/obligations/{id:guid}/dispute/resolution", Handle).WithName(nameof(ResolveDispute));

    internal static async Task<Answer<ObligationView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, ObligationViews views,
        CancellationToken cancel)
    {
        if (await db.Obligation(id, cancel) is not var (obligation, contract)) return Refusal.NotFound;
        if (caller.Lacks(Roles.Controller, Roles.Officer) is { } missing) return missing;
        if (ifMatch.Misses(obligation.Version) is { } stale) return stale;
        if (new Fields().Text("outcome", request.Outcome, 4_000).Refusal is { } malformed) return malformed;
        if (obligation.Resolve(request.Outcome, new Actor(caller.Person, caller.Organisation, caller.Unit)) is { } refusal)
            return refusal;
        db.Announce(obligation.Id.Value, obligation.Version, new ObligationDisputeResolved
        {
            ObligationId = obligation.Id.Value,
            Sequence = obligation.Version,
            ContractId = contract.ContractId.Value,
            ContractTitle = contract.Title,
            PeriodKey = obligation.PeriodKey,
            PayerOrganisationId = obligation.PayerOrganisationId,
            PayeeOrganisationId = obligation.PayeeOrganisationId,
            AmountMinor = obligation.AmountMinor,
            Currency = obligation.Currency,
            OrganisationId = caller.Organisation,
            Outcome = request.Outcome,
        });
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await views.Of(obligation, contract, cancel), obligation.Version);
    }
}
