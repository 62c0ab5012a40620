using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Amending;

/// <summary>An officer rewrites an amendment that is still a draft, whole. It voids the approvals.</summary>
internal static class RewriteAmendment
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/contracts/{id:guid}/amendments/{number}", Handle).WithName(nameof(RewriteAmendment));

    internal static async Task<Answer<AmendmentView>> Handle(
        Guid id, string number, AmendmentRequest request, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db,
        AmendmentWriting writing, AmendmentViews views, CancellationToken cancel)
    {
        if (await db.LockedContract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        if (contract.AmendmentCalled(number) is not { } amendment) return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (ifMatch.Misses(amendment.Version) is { } stale) return stale;
        if (AmendmentWriting.Malformed(request) is { } malformed) return malformed;
        if (await writing.Write(amendment, request, contract, cancel) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await views.Of(contract, amendment, cancel), amendment.Version);
    }
}
