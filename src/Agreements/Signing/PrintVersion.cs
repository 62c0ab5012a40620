using Iop.Agreements.Domain;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Printing;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Signing;

/// <summary>A version as PDF, with the signatures given so far: what one signs, on paper.</summary>
internal static class PrintVersion
{
    public static void Map(IEndpointRouteBuilder api) => api
        .MapGet("/agreements/{id:guid}/versions/{hash}/pdf", Handle).WithName(nameof(PrintVersion))
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf");

    internal static async Task<IResult> Handle(
        Guid id, string hash, Viewer viewer, AgreementsDb db, ChromiumPrinter printer, CancellationToken cancel)
    {
        var agreement = new AgreementId(id);
        if (await db.Versions.AsNoTracking()
            .SingleOrDefaultAsync(version => version.AgreementId == agreement && version.Hash == hash, cancel) is not { } found)
            return (Answer<object>)Refusal.NotFound;
        var signatures = await db.Signatures.AsNoTracking()
            .Where(signature => signature.AgreementId == agreement && signature.VersionHash == hash)
                .OrderBy(signature => signature.Number).ToListAsync(cancel);
        var names = await viewer.NamesOf(signatures.Select(signature => signature.Person), cancel);
        var page = VersionPage.Of(found, signatures, names, viewer.Language, viewer.Say);
        return new PrintedPage(page, $"overenskommelse-{hash[..12]}.pdf", printer);
    }
}
