using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Attachments;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Attachments;

/// <summary>A file that the agreement has, or that a version of it holds, by its hash.</summary>
internal static class DownloadFile
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/agreements/{id:guid}/files/{sha256}", Handle)
        .WithName(nameof(DownloadFile)).Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");

    internal static async Task<IResult> Handle(Guid id, string sha256, AgreementsDb db, CancellationToken cancel)
    {
        var agreement = new AgreementId(id);
        var attached = db.Attachments.Where(attachment => attachment.AgreementId == agreement)
            .Select(attachment => attachment.FileId);
        var held = db.VersionFiles.Where(file => file.AgreementId == agreement).Select(file => file.FileId);
        var file = await db.Files.AsNoTracking().Where(known => known.Sha256 == sha256
            && (attached.Contains(known.Id) || held.Contains(known.Id))).OrderBy(known => known.Id).FirstOrDefaultAsync(cancel);
        return file is null ? (Answer<StoredFile>)Refusal.NotFound : new StoredFileContent(file, db);
    }
}
