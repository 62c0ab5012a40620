using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Contracting;

/// <summary>An officer rewrites the terms of a draft (villkorstexten). They are checked on every save; a faulty text can be
/// saved, never opened.</summary>
internal static class ReviseTerms
{
    public sealed record Request(string Text);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/contracts/{id:guid}/terms", Handle).WithName(nameof(ReviseTerms));

    internal static async Task<Answer<ContractView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, ContractViews views,
        CancellationToken cancel)
    {
        if (await db.LockedContract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (ifMatch.Misses(contract.Version) is { } stale) return stale;
        if (new Fields().OptionalText("text", request.Text, Limits.TextBytes).Refusal is { } malformed) return malformed;
        if (contract.Revise(request.Text) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await views.Of(contract, cancel), contract.Version);
    }
}
