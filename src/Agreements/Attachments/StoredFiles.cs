using System.Buffers;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Attachments;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Iop.Agreements.Attachments;

/// <summary>Keeps the file that a request's body is, named by its Content-Disposition. The body lies on disk by then, never
/// whole in memory (see <see cref="UploadLimit"/>).</summary>
internal sealed class StoredFiles(AgreementsDb db, TimeProvider clock)
{
    /// <summary>Below what the runtime keeps in its heap for large things.</summary>
    public const int PieceBytes = 80 * 1024;

    /// <param name="request">Its body is the file; the rest of the request says where it belongs.</param>
    /// <param name="partnership">Whose file it is.</param>
    /// <param name="by">Who brings it.</param>
    /// <param name="only">The kinds that are taken here; none given: all.</param>
    /// <param name="cancel">The caller has left.</param>
    public async Task<(StoredFile? File, Refusal? Refusal)> Keep(
        HttpRequest request, PartnershipId partnership, PersonRef by, IReadOnlyCollection<FileKind> only,
        CancellationToken cancel)
    {
        if (FileName.Read(NameIn(request), out var name) is { } nameless) return (null, nameless);
        if (FileKinds.OfEnding(name.Ending) is not { } said || (only.Count > 0 && !only.Contains(said)))
            return (null, FileRefusals.KindNotTaken(name.Ending));
        var (inspected, unfit) = await FileInspection.Of(request.Body, cancel);
        if (inspected is null) return (null, unfit);
        if (FileKinds.Read(name, inspected.Facts, out var kind) is { } refusal) return (null, refusal);
        var now = clock.GetUtcNow();
        var file = StoredFile.Of(
            new FileId(Guid.CreateVersion7(now)), partnership, name, kind, (int)inspected.Bytes, inspected.Sha256, by, now);
        db.Add(file);
        await db.SaveChangesAsync(cancel);
        await Write(file, request.Body, cancel);
        return (file, null);
    }

    private async Task Write(StoredFile file, Stream content, CancellationToken cancel)
    {
        content.Position = 0;
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            for (var number = 0; ; number++)
            {
                var read = await content.ReadAtLeastAsync(buffer.AsMemory(0, PieceBytes), PieceBytes, false, cancel);
                if (read == 0) return;
                var piece = buffer.AsMemory(0, read).ToArray();
                await db.Database.ExecuteSqlAsync($"""
                    INSERT INTO stored_file_piece (file_id, number, partnership_id, content)
                    VALUES ({file.Id.Value}, {number}, {file.PartnershipId.Value}, {piece})
                    """, cancel);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string? NameIn(HttpRequest request) =>
        ContentDispositionHeaderValue.TryParse(request.Headers.ContentDisposition.ToString(), out var disposition)
            ? HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName)
            .ToString()
            : null;
}
