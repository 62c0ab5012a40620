using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Circulating;

/// <summary>What a signatory wants to know: what is signed, who has, whose turn it is, and what to compare it with.</summary>
internal static class ShowSigning
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/agreements/{id:guid}/signing", Handle)
        .WithName(nameof(ShowSigning));

    internal static async Task<Answer<SigningView>> Handle(
        Guid id, Viewer viewer, AgreementsDb db, Catalogues catalogues, CancellationToken cancel)
    {
        if (await db.Agreements.SingleOrDefaultAsync(known => known.Id == new AgreementId(id), cancel) is not { } agreement)
            return Refusal.NotFound;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        return Answers.Ok(await SigningView.Of(file, db, viewer, cancel), file.Tag);
    }
}
