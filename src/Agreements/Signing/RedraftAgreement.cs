using Iop.Agreements.Assessing;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Drafting;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Signing;

/// <summary>An officer takes the text of a declined version back for drafting (tar tillbaka till utkast). The version and its
/// signatures stay in the record; the next opening makes a new one.</summary>
internal static class RedraftAgreement
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/agreements/{id:guid}/redrafting", Handle)
        .WithName(nameof(RedraftAgreement));

    internal static async Task<Answer<AgreementView>> Handle(
        Guid id, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (ifMatch.Misses(file.Tag) is { } stale) return stale;
        if (agreement.IsOpenForSignature && file.Signing.Declined is null) return SigningRefusals.NotDeclined;
        if (agreement.Redraft(clock.GetUtcNow()) is { } refusal) return refusal;
        db.Announce(id, agreement.Version, new AgreementRedrafted
        {
            AgreementId = id,
            Sequence = agreement.Version,
            PartnershipId = agreement.PartnershipId.Value,
            Title = agreement.Title,
        });
        await db.SaveChangesAsync(cancel);
        var redrafted = await AgreementFile.Of(db, catalogues, agreement, cancel);
        return Answers.Ok(await AgreementView.Of(redrafted, viewer, cancel), redrafted.Tag);
    }
}
