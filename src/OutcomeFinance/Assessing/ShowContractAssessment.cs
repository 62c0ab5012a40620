using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;

namespace Iop.OutcomeFinance.Assessing;

/// <summary>The legal assessment of an outcome contract, question by question, as each public party has answered.</summary>
internal static class ShowContractAssessment
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/contracts/{id:guid}/assessment", Handle).WithName(nameof(ShowContractAssessment));

    internal static async Task<Answer<ContractAssessmentView>> Handle(
        Guid id, OutcomeFinanceDb db, ContractAssessments assessments, CancellationToken cancel) =>
        await db.Contract(new ContractId(id), cancel) is { } contract
            ? Answers.Ok(await assessments.Of(contract, cancel), contract.Version)
            : Refusal.NotFound;
}
