using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Paying;

/// <summary>Whoever it is owed to gives an obligation up (skriver av), with the reason, when the contract's periods have
/// passed.</summary>
internal static class WriteOffObligation
{
    public sealed record Request(string Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/obligations/{id:guid}/write-off", Handle).WithName(nameof(WriteOffObligation));

    internal static async Task<Answer<ObligationView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, ObligationViews views,
        TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Obligation(id, cancel) is not var (obligation, contract)) return Refusal.NotFound;
        if (caller.Lacks(Roles.Controller) is { } missing) return missing;
        if (ifMatch.Misses(obligation.Version) is { } stale) return stale;
        if (new Fields().Text("reason", request.Reason, 4_000).Refusal is { } malformed) return malformed;
        var (by, now) = (new Actor(caller.Person, caller.Organisation, caller.Unit), clock.GetUtcNow());
        var owedTo = contract.Parties.Single(obligation.IsOwedTo);
        if (obligation.WriteOff(owedTo, contract.LastDay, request.Reason.Trim(), by, now) is { } refusal) return refusal;
        db.Announce(obligation.Id.Value, obligation.Version, new ObligationWrittenOff
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
            Reason = obligation.WrittenOffWhy!,
        });
        // First the obligation, then the ledger: the database books only what is given up.
        await db.SaveChangesAsync(cancel);
        db.Transfers.Add(Ledger.GivenUp(obligation, now));
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await views.Of(obligation, contract, cancel), obligation.Version);
    }
}
