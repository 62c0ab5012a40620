using Iop.Agreements.Domain;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Assessing;

/// <summary>An answer carried over from an earlier version has been looked at again and is still right (bekräftas).</summary>
internal static class ConfirmAnswer
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id:guid}/assessment/answers/{questionId}/confirmation", Handle).WithName(nameof(ConfirmAnswer));

    internal static async Task<Answer<AssessmentView>> Handle(
        Guid id, string questionId, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (file.Answers.SingleOrDefault(given => given.QuestionId == questionId) is not { } answer)
            return AgreementRefusals.UnknownQuestion;
        if (viewer.Caller.Lacks(Roles.Legal, Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        if (ifMatch.Misses(answer.Version) is { } stale) return stale;
        var now = clock.GetUtcNow();
        if ((agreement.Touch() ?? answer.Confirm(viewer.Person, now)) is { } refusal) return refusal;
        AnswerQuestion.CompleteIfAllAnswered(file, db, now);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await AssessmentView.Of(file, catalogues, viewer, db, cancel), file.AssessmentTag);
    }
}
