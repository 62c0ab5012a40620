using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Investing;

/// <summary>A payer or funder ends a contract (avslutar) whose periods have passed and where nothing is left to pay. What the
/// funder has paid in and not got back is written off, with the reason.</summary>
internal static class EndContract
{
    public sealed record Request(string Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/contracts/{id:guid}/end", Handle).WithName(nameof(EndContract));

    internal static async Task<Answer<ContractView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, ContractViews views, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.LockedContract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (ifMatch.Misses(contract.Version) is { } stale) return stale;
        if (new Fields().Text("reason", request.Reason, 4_000).Refusal is { } malformed) return malformed;
        var owed = await db.Obligations.AnyAsync(one => one.ContractId == contract.ContractId
            && one.State != ObligationState.Settled && one.State != ObligationState.WrittenOff, cancel);
        var (by, now) = (new Actor(caller.Person, caller.Organisation, caller.Unit), clock.GetUtcNow());
        if (contract.End(owed, by, clock.Today()) is { } refusal) return refusal;
        var lost = await Lost(contract, db, cancel);
        await db.SaveChangesAsync(cancel);
        db.Ends.Add(new ContractEnd
        {
            ContractId = contract.ContractId, EndedOn = clock.Today(), Reason = request.Reason.Trim(), EndedBy = caller.Person,
            OrganisationId = caller.Organisation, At = now, WrittenOffMinor = lost.Minor,
        });
        await db.SaveChangesAsync(cancel);
        db.Announce(contract.ContractId.Value, contract.Version, new OutcomeContractEnded
        {
            ContractId = contract.ContractId.Value, Sequence = contract.Version, Title = contract.Title, EndedOn = clock.Today(),
        });
        if (!lost.IsZero) db.Transfers.Add(Ledger.CapitalLost(contract.ContractId, lost, now));
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await views.Of(contract, cancel), contract.Version);
    }

    /// <summary>Paid in, less what the ledger says has come back to the funder; nought when all has.</summary>
    private static async Task<Money> Lost(OutcomeContract contract, OutcomeFinanceDb db, CancellationToken cancel)
    {
        var transfers = await db.Transfers.AsNoTracking().Where(one => one.ContractId == contract.ContractId)
            .ToListAsync(cancel);
        var funders = contract.Parties.Where(one => one.Role is PartyRole.Funder).Select(one => one.OrganisationId).ToHashSet();
        var claims = contract.Parties.Where(one => funders.Contains(one.OrganisationId)).Select(one => Ledger.Claim(one.Id))
            .ToHashSet(StringComparer.Ordinal);
        var outstanding = transfers.Sum(one => Domain.Reporting.Statement.Out(one, claims.Contains));
        var code = transfers.Count > 0 ? transfers[0].Currency : Currency.Sek.Code;
        return new Money(Math.Max(0, outstanding), Currency.TryParse(code, out var currency) ? currency : Currency.Sek);
    }
}
