using Iop.Agreements.Domain;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Assessing;

/// <summary>Is it lawful? The assessment question by question, its outcome and why.</summary>
internal static class ShowAssessment
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/agreements/{id:guid}/assessment", Handle)
        .WithName(nameof(ShowAssessment));

    internal static async Task<Answer<AssessmentView>> Handle(Guid id, Viewer viewer, AgreementsDb db, Catalogues catalogues,
        CancellationToken cancel)
    {
        if (await db.Agreements.FindAsync([new AgreementId(id)], cancel) is not { } agreement) return Refusal.NotFound;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        return Answers.Ok(await AssessmentView.Of(file, catalogues, viewer, db, cancel), file.AssessmentTag);
    }
}
