using Iop.Agreements.Domain;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Signing;

/// <summary>A version byte for byte as it was fixed: its SHA-256 is the hash that everybody signed.</summary>
internal static class ShowVersion
{
    public static void Map(IEndpointRouteBuilder api) => api
        .MapGet("/agreements/{id:guid}/versions/{hash}", Handle).WithName(nameof(ShowVersion)).Produces<FixedText>();

    internal static async Task<IResult> Handle(Guid id, string hash, AgreementsDb db, HttpResponse response,
        CancellationToken cancel)
    {
        var agreement = new AgreementId(id);
        if (await db.Versions.AsNoTracking()
            .SingleOrDefaultAsync(version => version.AgreementId == agreement && version.Hash == hash, cancel) is not { } found)
            return (Answer<FixedText>)Refusal.NotFound;
        response.Headers.CacheControl = "private, max-age=31536000, immutable";
        response.Headers.ETag = $"\"{found.Hash}\"";
        return TypedResults.Bytes(found.Canonical, "application/json");
    }
}
