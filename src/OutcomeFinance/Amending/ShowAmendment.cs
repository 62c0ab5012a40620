using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;

namespace Iop.OutcomeFinance.Amending;

/// <summary>One amendment of a contract, with who has signed it.</summary>
internal static class ShowAmendment
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/contracts/{id:guid}/amendments/{number}", Handle).WithName(nameof(ShowAmendment));

    internal static async Task<Answer<AmendmentView>> Handle(
        Guid id, string number, OutcomeFinanceDb db, AmendmentViews views, CancellationToken cancel)
    {
        if (await db.Contract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        return contract.AmendmentCalled(number) is { } amendment
            ? Answers.Ok(await views.Of(contract, amendment, cancel), amendment.Version)
            : Refusal.NotFound;
    }
}
