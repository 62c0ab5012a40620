using Iop.Agreements.Domain.Attachments;
using Iop.Agreements.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Iop.Agreements.Attachments;

/// <summary>A file as it came, to be saved and never shown inside our pages. Passed on piece by piece, each in a transaction of
/// its own: nobody slow holds a connection, and nothing is whole in memory.</summary>
internal sealed class StoredFileContent(StoredFile file, AgreementsDb db) : IResult
{
    private const string NothingRuns = "sandbox; default-src 'none'";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancel) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = file.Kind.MediaType();
        response.ContentLength = file.Bytes;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(file.Name);
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.ContentSecurityPolicy = NothingRuns;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.ETag = $"\"{file.Sha256}\"";
        for (var (number, left) = (0, file.Bytes); left > 0; number++)
        {
            if (await Piece(number, cancel) is not { } piece)
            {
                httpContext.Abort(); // what is left was taken away while we sent: the reader must not think it whole
                return;
            }
            await response.Body.WriteAsync(piece, cancel);
            left -= piece.Length;
        }
    }

    private async Task<byte[]?> Piece(int number, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var pieces = await db.Database.SqlQuery<byte[]>(
            $"SELECT content AS \"Value\" FROM stored_file_piece WHERE file_id = {file.Id.Value} AND number = {number}")
                .ToListAsync(cancel);
        return pieces.SingleOrDefault();
    }
}
