using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Drafting;

/// <summary>The agreement as it stands: every section, what each party contributes, what is missing, who has signed.</summary>
internal static class ShowAgreement
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/agreements/{id:guid}", Handle)
        .WithName(nameof(ShowAgreement));

    internal static async Task<Answer<AgreementView>> Handle(Guid id, Viewer viewer, AgreementsDb db, Catalogues catalogues,
        CancellationToken cancel)
    {
        var wanted = new AgreementId(id);
        if (await db.Agreements.SingleOrDefaultAsync(agreement =>
            agreement.Id == wanted, cancel) is not { } found) return Refusal.NotFound;
        var file = await AgreementFile.Of(db, catalogues, found, cancel);
        var until = await db.GuestUntil(found.PartnershipId.Value, cancel);
        return Answers.Ok(await AgreementView.Of(file, viewer, cancel) with { GuestUntil = until }, file.Tag);
    }
}
