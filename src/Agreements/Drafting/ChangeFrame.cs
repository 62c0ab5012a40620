using Iop.Agreements.Assessing;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Drafting;

/// <summary>The parties change the title, the period or the notice of a draft.</summary>
internal static class ChangeFrame
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/agreements/{id:guid}/frame", Handle)
        .WithName(nameof(ChangeFrame));

    internal static async Task<Answer<AgreementView>> Handle(
        Guid id, FrameRequest request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues,
            CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (ifMatch.Misses(file.Tag) is { } stale) return stale;
        if (request.Read(out var frame) is { } malformed) return malformed;
        if (agreement.ChangeFrame(frame) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await AgreementView.Of(file, viewer, cancel), file.Tag);
    }
}
