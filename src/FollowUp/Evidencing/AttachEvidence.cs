using System.Security.Cryptography;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Evidencing;
using Iop.FollowUp.Domain.Measuring;
using Iop.FollowUp.Measuring;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Iop.FollowUp.Evidencing;

/// <summary>Whoever reported attaches a file that the measurement rests on (bifogar underlag), or takes one back, until the
/// verifier has decided. The request's body is the file, its name stands in Content-Disposition.</summary>
internal static class AttachEvidence
{
    // A little more than a file may hold, so that the refusal can say which limit it is.
    private const int BodyMax = EvidenceFile.BytesMax + (64 * 1024);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/measurements/{id:guid}/evidence-files", Handle).WithName(nameof(AttachEvidence)).Creates()
            .WithMetadata(new RequestSizeLimitAttribute(BodyMax)).Accepts<Stream>("application/octet-stream", "*/*");
        api.MapDelete("/measurements/{id:guid}/evidence-files/{fileId:guid}", Remove).WithName("RemoveEvidence");
    }

    internal static async Task<Answer<MeasurementView>> Handle(
        Guid id, HttpRequest request, Caller caller, FollowUpDb db, TimeProvider clock, CancellationToken cancel)
    {
        var (measurement, no) = await Mine(id, caller, db, cancel);
        if (measurement is null) return no!;
        var content = new byte[Math.Min(request.Body.Length, BodyMax)];
        request.Body.Position = 0;
        await request.Body.ReadExactlyAsync(content, cancel);
        var name = NameIn(request);
        if (EvidenceFile.Read(name, content, out var kind) is { } unfit) return unfit;
        var now = clock.GetUtcNow();
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        if (measurement.Attach(hash) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        var fileId = Guid.CreateVersion7(now);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO evidence_file (file_id, measurement_id, contract_id, name, kind, bytes, sha256, content, stored_by_person, stored_at)
            VALUES ({fileId}, {id}, {measurement.ContractId.Value}, {name}, {kind.ToString()}, {content.Length}, {hash}, {content},
                    {caller.Person}, {now})
            """, cancel);
        return Answers.Created($"/follow-up/v1/measurements/{id}/evidence-files/{fileId}",
            await View(measurement.Id, db, cancel), measurement.Version);
    }

    internal static async Task<Answer<MeasurementView>> Remove(
        Guid id, Guid fileId, Caller caller, IfMatch ifMatch, FollowUpDb db, CancellationToken cancel)
    {
        var (measurement, no) = await Mine(id, caller, db, cancel);
        if (measurement is null) return no!;
        if (measurement.Files.FirstOrDefault(one => one.Id == new EvidenceFileId(fileId)) is not { } file)
            return Refusal.NotFound;
        if (ifMatch.Misses(measurement.Version) is { } stale) return stale;
        if (measurement.Detach() is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        await db.Database.ExecuteSqlAsync($"DELETE FROM evidence_file WHERE file_id = {file.Id.Value}", cancel);
        return Answers.Ok(await View(measurement.Id, db, cancel), measurement.Version);
    }

    private static async Task<(Measurement? Measurement, Refusal? Refusal)> Mine(
        Guid id, Caller caller, FollowUpDb db, CancellationToken cancel)
    {
        if (await db.WholeMeasurements.SingleOrDefaultAsync(one => one.Id == new MeasurementId(id), cancel)
            is not { } measurement) return (null, Refusal.NotFound);
        if (caller.Lacks(Roles.Reporter) is { } missing) return (null, missing);
        if (await db.GuestUntil(measurement.ContractId.Value, cancel) is not null) return (null, FollowUpRefusals.GuestsOnlyRead);
        return measurement.ReportedByOrganisation == caller.Organisation
            ? (measurement, null) : (null, EvidenceRefusals.NotYours);
    }

    private static async Task<MeasurementView> View(MeasurementId id, FollowUpDb db, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        var measurement = await db.WholeMeasurements.AsNoTracking().SingleAsync(one => one.Id == id, cancel);
        return MeasurementView.Of(measurement, (await db.Contract(measurement.ContractId, cancel))!);
    }

    private static string? NameIn(HttpRequest request) =>
        ContentDispositionHeaderValue.TryParse(request.Headers.ContentDisposition.ToString(), out var disposition)
            ? HeaderUtilities.RemoveQuotes(
                disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString()
            : null;
}
