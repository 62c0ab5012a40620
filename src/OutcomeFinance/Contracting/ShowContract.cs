using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;

namespace Iop.OutcomeFinance.Contracting;

/// <summary>One outcome contract, with the check of its terms and what awaits whom.</summary>
internal static class ShowContract
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/contracts/{id:guid}", Handle).WithName(nameof(ShowContract));

    internal static async Task<Answer<ContractView>> Handle(
        Guid id, OutcomeFinanceDb db, ContractViews views, CancellationToken cancel) =>
        await db.Contract(new ContractId(id), cancel) is { } contract
            ? Answers.Ok(await views.Of(contract, cancel) with { GuestUntil = await db.GuestUntil(id, cancel) }, contract.Version)
            : Refusal.NotFound;
}
