using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Paying;

/// <summary>Payer or payee disputes an obligation (bestrider), with the reason, at any step before settlement.</summary>
internal static class DisputeObligation
{
    public sealed record Request(string Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/obligations/{id:guid}/dispute", Handle).WithName(nameof(DisputeObligation));

    internal static async Task<Answer<ObligationView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, ObligationViews views,
        CancellationToken cancel)
    {
        if (await db.Obligation(id, cancel) is not var (obligation, contract)) return Refusal.NotFound;
        if (caller.Lacks(Roles.Controller, Roles.Officer) is { } missing) return missing;
        if (ifMatch.Misses(obligation.Version) is { } stale) return stale;
        if (new Fields().Text("reason", request.Reason, 4_000).Refusal is { } malformed) return malformed;
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        if (obligation.Dispute(contract.Payer(obligation), contract.Payee(obligation), request.Reason, by) is { } refusal)
            return refusal;
        db.Announce(obligation.Id.Value, obligation.Version, new ObligationDisputed
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
            Reason = request.Reason,
        });
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await views.Of(obligation, contract, cancel), obligation.Version);
    }
}
