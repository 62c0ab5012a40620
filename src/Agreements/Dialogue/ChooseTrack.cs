using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Dialogue;

/// <summary>The parties take the light track (lätt spår) for what is small or urgent, with the reason: the law tests stay, the
/// rest is advice. Or they go back to the full one.</summary>
internal static class ChooseTrack
{
    private const int ReasonMax = 2_000;

    public sealed record Request(bool Light, string? Reason = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/partnerships/{id:guid}/track", Handle).WithName(nameof(ChooseTrack));

    internal static async Task<Answer<PartnershipView>> Handle(
        Guid id, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues,
        CancellationToken cancel)
    {
        if (await db.PartnershipForUpdate(id, cancel) is not { } partnership) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        var file = await PartnershipFile.Of(db, catalogues, partnership, cancel);
        if (ifMatch.Misses(file.Tag) is { } stale) return stale;
        if (new Fields().OptionalText("reason", request.Reason, ReasonMax)
            .Must("reason", !request.Light || !string.IsNullOrWhiteSpace(request.Reason), "field.required")
            .Refusal is { } malformed) return malformed;
        if (await viewer.For(partnership.Id, db, cancel) is null) return PartnershipRefusals.NotAParty;
        if (partnership.Take(request.Light, request.Reason?.Trim()) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return await EndDialogue.Shown(db, catalogues, viewer, partnership, cancel);
    }
}
