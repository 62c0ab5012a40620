using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Amending;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Amending;

/// <summary>An officer gives up an amendment before all have signed, with a reason. The contract stays as it is.</summary>
internal static class AbandonAmendment
{
    public sealed record Request(string Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/contracts/{id:guid}/amendments/{number}/abandonment", Handle).WithName(nameof(AbandonAmendment));

    internal static async Task<Answer<AmendmentView>> Handle(
        Guid id, string number, Request request, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, AmendmentViews views,
        CancellationToken cancel)
    {
        if (await db.LockedContract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        if (contract.AmendmentCalled(number) is not { } amendment) return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (ifMatch.Misses(amendment.Version) is { } stale) return stale;
        if (new Fields().Text("reason", request.Reason, 4_000).Refusal is { } malformed) return malformed;
        var wasOpen = amendment.State is AmendmentState.OpenForSignature;
        if (amendment.Abandon(request.Reason.Trim()) is { } refusal) return refusal;
        if (wasOpen) Tell(contract, amendment, db); // a draft was nobody else's to sign
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await views.Of(contract, amendment, cancel), amendment.Version);
    }

    private static void Tell(OutcomeContract contract, Amendment amendment, OutcomeFinanceDb db)
    {
        contract.NoteAbandoning();
        db.Announce(contract.ContractId.Value, contract.Version, new OutcomeContractAmendmentAbandoned
        {
            ContractId = contract.ContractId.Value,
            Sequence = contract.Version,
            Number = amendment.Number,
            Title = contract.Title,
            HoldsFrom = amendment.HoldsFrom,
            Reason = amendment.AbandonedBecause!,
        });
    }
}
