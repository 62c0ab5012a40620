using Iop.Agreements.Assessing;
using Iop.Agreements.Domain.Attachments;
using Iop.Agreements.Domain.FromPaper;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.FromPaper;

/// <summary>An officer says which attachment is the signed document, and when it was signed.</summary>
internal static class NamePaper
{
    public sealed record Request(DateOnly SignedOn, Guid? DocumentId = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/agreements/{id:guid}/paper", Handle).WithName(nameof(NamePaper));

    internal static async Task<Answer<PaperView>> Handle(
        Guid id, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (await db.Papers.SingleOrDefaultAsync(known => known.AgreementId == agreement.Id, cancel) is not { } paper)
            return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        if (ifMatch.Misses(paper.Version) is { } stale) return stale;
        if (agreement.IsFixed is not null) return PaperRefusals.Done;
        if (request.SignedOn > clock.Today()) return PaperRefusals.SignedLater;
        if (request.DocumentId is { } document)
        {
            var attachment = new AttachmentId(document);
            var kinds = await db.Attachments.Where(known => known.Id == attachment && known.AgreementId == agreement.Id)
                .Join(db.Files, known => known.FileId, file => file.Id, (_, file) => file.Kind).ToListAsync(cancel);
            if (kinds is not [FileKind.Pdf]) return PaperRefusals.NotAPdf;
        }
        paper.Change(request.SignedOn, request.DocumentId);
        await db.SaveChangesAsync(cancel);
        var file = (await PaperFile.Of(db, catalogues, agreement, clock.Today(), cancel))!;
        if (file.Asking(file.Occasion) is { } ready) db.Announce(id, ready.Sequence, ready);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(PaperView.Of(file, viewer), paper.Version);
    }
}
