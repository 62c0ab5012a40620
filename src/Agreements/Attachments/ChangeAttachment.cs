using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Attachments;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Attachments;

/// <summary>An attachment gets another title or place, or is taken out of the draft. What a version holds stays.</summary>
internal static class ChangeAttachment
{
    public sealed record Request(string Title, string? SectionKey = null);

    public sealed record Result(IReadOnlyList<AttachmentView> Items);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/agreements/{id:guid}/attachments", List).WithName("ListAttachments");
        api.MapGet("/agreements/{id:guid}/attachments/{attachmentId:guid}", Show).WithName("ShowAttachment");
        api.MapPut("/agreements/{id:guid}/attachments/{attachmentId:guid}", Handle).WithName(nameof(ChangeAttachment));
        api.MapDelete("/agreements/{id:guid}/attachments/{attachmentId:guid}", Remove).WithName("RemoveAttachment");
    }

    internal static async Task<Answer<AttachmentView>> Handle(
        Guid id, Guid attachmentId, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        if (await db.AgreementForWriting(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (await Find(db, id, attachmentId, cancel) is not { } attachment) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Legal) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        if (ifMatch.Misses(attachment.Version) is { } stale) return stale;
        if (new Fields().Text("title", request.Title, Attachment.TitleMax).Refusal is { } malformed) return malformed;
        if ((agreement.IsFixed ?? attachment.Change(request.Title.Trim(), request.SectionKey)) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await View(attachment, viewer, db, cancel), attachment.Version);
    }

    internal static async Task<Answer<Result>> Remove(
        Guid id, Guid attachmentId, IfMatch ifMatch, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        if (await db.AgreementForWriting(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (await Find(db, id, attachmentId, cancel) is not { } attachment) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Legal) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        if (ifMatch.Misses(attachment.Version) is { } stale) return stale;
        if (agreement.IsFixed is { } refusal) return refusal;
        db.Remove(attachment);
        await db.SaveChangesAsync(cancel);
        var file = attachment.FileId;
        if (!await db.VersionFiles.AnyAsync(held => held.FileId == file, cancel))
            db.Remove(await db.Files.SingleAsync(known => known.Id == file, cancel));
        await db.SaveChangesAsync(cancel);
        return new Result(await Views(agreement.Id, viewer, db, cancel));
    }

    internal static async Task<Answer<Result>> List(Guid id, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        if (await db.Agreements.FindAsync([new AgreementId(id)], cancel) is not { } agreement) return Refusal.NotFound;
        return new Result(await Views(agreement.Id, viewer, db, cancel));
    }

    internal static async Task<Answer<AttachmentView>> Show(
        Guid id, Guid attachmentId, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        if (await Find(db, id, attachmentId, cancel) is not { } attachment) return Refusal.NotFound;
        return Answers.Ok(await View(attachment, viewer, db, cancel), attachment.Version);
    }

    internal static async Task<IReadOnlyList<AttachmentView>> Views(
        AgreementId agreement, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        var found = await db.Attachments.Where(attachment => attachment.AgreementId == agreement)
            .Join(db.Files, attachment => attachment.FileId, file => file.Id, (attachment, file) => new { attachment, file })
            .OrderBy(both => both.attachment.Id).ToListAsync(cancel);
        var names = await viewer.NamesOf(found.Select(both => both.file.StoredBy), cancel);
        return [.. found.Select(both => AttachmentView.Of(both.attachment, both.file, names))];
    }

    private static async Task<AttachmentView> View(Attachment attachment, Viewer viewer, AgreementsDb db,
        CancellationToken cancel)
    {
        var id = attachment.FileId;
        var file = await db.Files.SingleAsync(known => known.Id == id, cancel);
        return AttachmentView.Of(attachment, file, await viewer.NamesOf([file.StoredBy], cancel));
    }

    private static Task<Attachment?> Find(AgreementsDb db, Guid agreement, Guid attachment, CancellationToken cancel)
    {
        var (where, which) = (new AgreementId(agreement), new AttachmentId(attachment));
        return db.Attachments.SingleOrDefaultAsync(known => known.AgreementId == where && known.Id == which, cancel);
    }
}
