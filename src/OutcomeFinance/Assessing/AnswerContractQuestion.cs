using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Assessing;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Assessing;

/// <summary>A public party's lawyer answers a question of law about the contract, with reason and clause (rättslig bedömning av
/// kontraktet). Every public party answers for itself.</summary>
internal static class AnswerContractQuestion
{
    public sealed record Request(string Answer, string Reason, string? Clause = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/contracts/{id:guid}/assessment/answers/{questionId}", Handle).WithName(nameof(AnswerContractQuestion));

    internal static async Task<Answer<ContractAssessmentView>> Handle(
        Guid id, string questionId, Request request, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db,
        ContractCatalogue catalogue, ContractAssessments assessments, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.LockedContract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        if (catalogue.Current.Find(questionId) is not { } question) return ContractRefusals.UnknownQuestion;
        if (caller.Lacks(Roles.Legal) is { } missing) return missing;
        var given = contract.AnswersOf(caller.Organisation).FirstOrDefault(answer => answer.QuestionId == questionId);
        if (ifMatch.Misses(given?.Version ?? 0) is { } stale) return stale;
        if (new Fields().OneOf("answer", request.Answer, Words.All<Reply>())
            .Text("reason", request.Reason, ContractAnswer.ReasonMax)
            .OptionalText("clause", request.Clause, ContractAnswer.ClauseMax).Refusal is { } malformed)
            return malformed;
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        if (contract.Answer(question, Words.Read<Reply>(request.Answer)!.Value, request.Reason.Trim(), request.Clause, by,
            clock.GetUtcNow()) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await assessments.Of(contract, cancel), contract.Version);
    }
}
