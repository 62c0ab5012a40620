using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Dialogue;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Dialogue;

/// <summary>Those who wrote down an occasion correct it; its audience stays as it was.</summary>
internal static class CorrectDialogue
{
    public sealed record Request(string Kind, DateOnly HeldOn, string Participants, string Said, string? Decided = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/partnerships/{id:guid}/dialogue/{entryId:guid}", Handle).WithName(nameof(CorrectDialogue));
        api.MapGet("/partnerships/{id:guid}/dialogue/{entryId:guid}", Show).WithName("ShowDialogueEntry");
    }

    internal static async Task<Answer<DialogueEntryView>> Handle(
        Guid id, Guid entryId, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.PartnershipForUpdate(id, cancel) is not { } partnership) return Refusal.NotFound;
        if (await Find(id, entryId, db, cancel) is not { } entry) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Legal) is { } missing) return missing;
        if (ifMatch.Misses(entry.Version) is { } stale) return stale;
        if (RecordDialogue.Read(request.Kind, request.Participants, request.Said, request.Decided) is { } malformed)
            return malformed;
        if (partnership.HasEnded() is { } ended) return ended;
        var occasion = new DialogueEntry.Occasion(
            Words.Read<DialogueKind>(request.Kind)!.Value, request.HeldOn, request.Participants.Trim(), request.Said.Trim(),
            request.Decided?.Trim());
        if (entry.Correct(occasion, viewer.Organisation, clock.GetUtcNow()) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await DialogueEntryView.Of(entry, viewer, db, cancel), entry.Version);
    }

    internal static async Task<Answer<DialogueEntryView>> Show(
        Guid id, Guid entryId, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        if (await Find(id, entryId, db, cancel) is not { } entry) return Refusal.NotFound;
        return Answers.Ok(await DialogueEntryView.Of(entry, viewer, db, cancel), entry.Version);
    }

    private static Task<DialogueEntry?> Find(Guid id, Guid entryId, AgreementsDb db, CancellationToken cancel)
    {
        var partnership = new PartnershipId(id);
        return db.Dialogue.SingleOrDefaultAsync(
            entry => entry.PartnershipId == partnership && entry.EntryId == entryId, cancel);
    }
}
