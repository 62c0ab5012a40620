using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Evidencing;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Evidencing;

/// <summary>A file of evidence as it came, for everybody in the contract: to be saved, never shown inside our pages.</summary>
internal static class DownloadEvidence
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/measurements/{id:guid}/evidence-files/{fileId:guid}", Handle)
        .WithName(nameof(DownloadEvidence)).LeavesATrail()
        .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");

    internal static async Task<IResult> Handle(Guid id, Guid fileId, FollowUpDb db, CancellationToken cancel)
    {
        var (measurement, wanted) = (new MeasurementId(id), new EvidenceFileId(fileId));
        var file = await db.EvidenceFiles.AsNoTracking()
            .SingleOrDefaultAsync(one => one.Measurement == measurement && one.Id == wanted, cancel);
        if (file is null) return (Answer<object>)Refusal.NotFound;
        var content = await db.Database.SqlQuery<byte[]>(
            $"SELECT content AS \"Value\" FROM evidence_file WHERE file_id = {fileId}").SingleAsync(cancel);
        return new Saved(file, content);
    }

    private sealed class Saved(EvidenceFile file, byte[] content) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var headers = httpContext.Response.Headers;
            headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
            headers.XContentTypeOptions = "nosniff";
            headers.CacheControl = "private, no-cache";
            return TypedResults.Bytes(content, EvidenceFile.MediaType(file.Kind), file.Name).ExecuteAsync(httpContext);
        }
    }
}
