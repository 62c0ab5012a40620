using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Paying;

/// <summary>The payee claims what is due (begär betalning); a credit is claimed as a credit note.</summary>
internal static class ClaimObligation
{
    public sealed record Request(string? Reference = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/obligations/{id:guid}/claim", Handle).WithName(nameof(ClaimObligation));

    internal static async Task<Answer<ObligationView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, ObligationViews views, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.Obligation(id, cancel) is not var (obligation, contract)) return Refusal.NotFound;
        if (caller.Lacks(Roles.Controller, Roles.Officer) is { } missing) return missing;
        if (ifMatch.Misses(obligation.Version) is { } stale) return stale;
        if (new Fields().OptionalText("reference", request.Reference, 100).Refusal is { } malformed) return malformed;
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        if (obligation.Claim(contract.Payee(obligation), request.Reference, by, clock.GetUtcNow()) is { } refusal) return refusal;
        db.Announce(obligation.Id.Value, obligation.Version, new ObligationClaimed
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
        });
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await views.Of(obligation, contract, cancel), obligation.Version);
    }
}
