using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Dialogue;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Dialogue;

/// <summary>An ended dialogue is taken up again, by any of the parties and by an act of its own; that it ended once stays to be
/// read.</summary>
internal static class ReopenDialogue
{
    public sealed record Request(string Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/partnerships/{id:guid}/dialogue-reopening", Handle).WithName(nameof(ReopenDialogue));

    internal static async Task<Answer<PartnershipView>> Handle(
        Guid id, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.PartnershipForUpdate(id, cancel) is not { } partnership) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        var file = await PartnershipFile.Of(db, catalogues, partnership, cancel);
        if (ifMatch.Misses(file.Tag) is { } stale) return stale;
        if (new Fields().Text("reason", request.Reason, EndDialogue.ReasonMax).Refusal is { } malformed) return malformed;
        if (await viewer.For(partnership.Id, db, cancel) is not { } speaker) return PartnershipRefusals.NotAParty;
        if (partnership.ReopenDialogue() is { } refusal) return refusal;
        db.Add(EndDialogue.Written(partnership, DialogueKind.Reopened, request.Reason.Trim(), speaker, clock.GetUtcNow()));
        db.Announce(id, partnership.Version, new DialogueReopened
        {
            PartnershipId = id,
            Sequence = partnership.Version,
            PartnershipTitle = partnership.Title,
            Reason = request.Reason.Trim(),
            OrganisationId = speaker.Organisation.Value,
        });
        await db.SaveChangesAsync(cancel);
        return await EndDialogue.Shown(db, catalogues, viewer, partnership, cancel);
    }
}
