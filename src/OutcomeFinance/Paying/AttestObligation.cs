using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Paying;

/// <summary>A controller of the payer attests a claim (attesterar). Two must, neither of them one who reported or
/// verified.</summary>
internal static class AttestObligation
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/obligations/{id:guid}/attestations", Handle).WithName(nameof(AttestObligation));

    internal static async Task<Answer<ObligationView>> Handle(
        Guid id, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, ObligationViews views, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.Obligation(id, cancel) is not var (obligation, contract)) return Refusal.NotFound;
        if (caller.Lacks(Roles.Controller) is { } missing) return missing;
        if (ifMatch.Misses(obligation.Version) is { } stale) return stale;
        // Everybody who measured for this contract: a sum of several periods rests on them all.
        var measurers = await db.Measurements.Where(one => one.ContractId == contract.ContractId)
            .Select(one => new { one.ReporterPersonId, one.VerifierPersonId }).ToListAsync(cancel);
        var people = measurers.SelectMany(one => new[] { one.ReporterPersonId, one.VerifierPersonId }).ToHashSet();
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        if (obligation.Attest(contract.Payer(obligation), people, by, clock.GetUtcNow()) is { } refusal) return refusal;
        db.Announce(obligation.Id.Value, obligation.Version, new ObligationAttested
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
            PersonId = caller.Person,
            AttestationsMissing = obligation.AttestationsMissing,
        });
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await views.Of(obligation, contract, cancel), obligation.Version);
    }
}
