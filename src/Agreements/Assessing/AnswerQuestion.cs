using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Assessing;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Assessing;

/// <summary>A question of law is answered, with reason and clause. With the last answer the lawyers of the public parties are
/// asked to approve.</summary>
internal static class AnswerQuestion
{
    public sealed record Request(Reply Answer, string Reason, string? Clause = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/agreements/{id:guid}/assessment/answers/{questionId}", Handle).WithName(nameof(AnswerQuestion));

    internal static async Task<Answer<AssessmentView>> Handle(
        Guid id, string questionId, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues,
            TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (file.Catalogue.Find(questionId) is not { } question) return AgreementRefusals.UnknownQuestion;
        if (viewer.Caller.Lacks(Roles.Legal, Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        var answer = file.Answers.SingleOrDefault(given => given.QuestionId == questionId);
        if (ifMatch.Misses(answer?.Version ?? 0) is { } stale) return stale;
        if (new Fields().Text("reason", request.Reason, LegalAnswer.ReasonMax)
            .OptionalText("clause", request.Clause, LegalAnswer.ClauseMax).Refusal is { } malformed)
            return malformed;
        if (agreement.Touch() is { } isFixed) return isFixed;
        if (answer is null)
        {
            answer = LegalAnswer.To(agreement.Id, agreement.PartnershipId, question);
            file.Answers.Add(answer);
            db.Add(answer);
        }
        var now = clock.GetUtcNow();
        if (answer.Give(question, request.Answer, request.Reason.Trim(), request.Clause,
            new Answerer(viewer.Person, viewer.Organisation), now) is { } refusal) return refusal;
        CompleteIfAllAnswered(file, db, now);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await AssessmentView.Of(file, catalogues, viewer, db, cancel), file.AssessmentTag);
    }

    /// <summary>With the last answer (or the last look at an earlier one) the lawyers are asked.</summary>
    internal static void CompleteIfAllAnswered(AgreementFile file, AgreementsDb db, DateTimeOffset now)
    {
        if (file.Result.IsComplete && file.Agreement.CompleteAssessment(now) is null)
            db.Announce(file.Agreement.Id.Value, file.Agreement.Version, Completed(file));
    }

    private static AssessmentCompleted Completed(AgreementFile file) => new()
    {
        AgreementId = file.Agreement.Id.Value,
        Sequence = file.Agreement.Version,
        PartnershipId = file.Agreement.PartnershipId.Value,
        Title = file.Agreement.Title,
        AssessedHash = file.AssessedHash,
        Approvers =
        [
            .. file.Parties.Where(party => party.Kind is OrganisationKind.Public)
                .Select(party =>
                    new AssessmentCompletedApprover { OrganisationId = party.Organisation.Value, UnitId = party.Unit?.Value }),
        ],
    };
}
