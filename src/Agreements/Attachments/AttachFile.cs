using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Attachments;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Attachments;

/// <summary>A file is attached to the draft or to a section of it (bilaga). The request's body is the file, its name stands in
/// Content-Disposition.</summary>
internal static class AttachFile
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id:guid}/attachments", Handle).WithName(nameof(AttachFile)).Creates().TakesAFile();

    internal static async Task<Answer<AttachmentView>> Handle(
        Guid id, HttpRequest request, StoredFiles files, Viewer viewer, AgreementsDb db, TimeProvider clock,
        CancellationToken cancel,
            string? section = null)
    {
        if (await db.AgreementForWriting(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Legal) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        if (agreement.IsFixed is { } isFixed) return isFixed;
        var (file, unfit) = await files.Keep(request, agreement.PartnershipId, viewer.Person, [], cancel);
        if (file is null) return unfit!;
        var present = await db.Attachments.CountAsync(other => other.AgreementId == agreement.Id, cancel);
        var attachmentId = new AttachmentId(Guid.CreateVersion7(clock.GetUtcNow()));
        if (Attachment.Attach(attachmentId, agreement, file, section, present, out var attachment) is { } refusal) return refusal;
        db.Add(attachment);
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/agreements/v1/agreements/{id}/attachments/{attachment.Id.Value}",
            AttachmentView.Of(attachment, file, await viewer.NamesOf([viewer.Person], cancel)), attachment.Version);
    }
}
