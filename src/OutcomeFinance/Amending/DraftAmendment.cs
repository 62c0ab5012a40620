using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Amending;
using Iop.OutcomeFinance.Storage;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Amending;

/// <summary>An officer drafts an amendment of a signed contract (utkast till tilläggsavtal): other terms, parties and
/// periods from a date. Periods before it are not touched.</summary>
internal static class DraftAmendment
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/contracts/{id:guid}/amendments", Handle).WithName(nameof(DraftAmendment)).Creates();

    internal static async Task<Answer<AmendmentView>> Handle(
        Guid id, AmendmentRequest request, Caller caller, OutcomeFinanceDb db, AmendmentWriting writing, AmendmentViews views,
        TimeProvider clock, CancellationToken cancel)
    {
        if (await db.LockedContract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (AmendmentWriting.Malformed(request) is { } malformed) return malformed;
        var amendment = new Amendment
        {
            AmendmentId = Guid.CreateVersion7(clock.GetUtcNow()),
            ContractId = contract.ContractId,
            Number = contract.NextNumber,
            CreatedAt = clock.GetUtcNow(),
        };
        if (contract.WhyNotAmended is { } no) return no;
        if (await writing.Write(amendment, request, contract, cancel) is { } refusal) return refusal;
        if (contract.Amend(amendment) is { } late) return late;
        db.Add(amendment);
        await db.SaveChangesAsync(cancel);
        return Answers.Created(
            $"/outcome-finance/v1/contracts/{id}/amendments/{amendment.Number}", await views.Of(contract, amendment, cancel),
            amendment.Version);
    }
}
