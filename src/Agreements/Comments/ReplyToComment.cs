using Iop.Agreements.Dialogue;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Dialogue;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Comments;

/// <summary>Somebody answers in a thread, heard where the thread is. A settled one is thereby open again.</summary>
internal static class ReplyToComment
{
    public sealed record Request(string Text);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id:guid}/comments/{threadId:guid}/replies", Handle).WithName(nameof(ReplyToComment)).Creates();

    internal static async Task<Answer<ThreadView>> Handle(
        Guid id, Guid threadId, Request request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Agreements.FindAsync([new AgreementId(id)], cancel) is not { } agreement) return Refusal.NotFound;
        if (await db.ThreadForUpdate(threadId, cancel) is not { } thread || thread.AgreementId != agreement.Id)
            return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Legal, Roles.Signatory) is { } missing) return missing;
        if (new Fields().Text("text", request.Text, Comment.TextMax).Refusal is { } malformed) return malformed;
        if (await viewer.For(agreement.PartnershipId, db, cancel) is not { } speaker) return PartnershipRefusals.NotAParty;
        var before = await db.Comments.Where(one => one.ThreadId == threadId).ToListAsync(cancel);
        if (before.Count >= CommentThread.CommentsMax) return DialogueRefusals.TooMany(CommentThread.CommentsMax);
        var now = clock.GetUtcNow();
        var comment = thread.Say(Guid.CreateVersion7(now), request.Text.Trim(), speaker, now);
        db.Add(comment);
        await CommentTidings.Announce(
            thread, [.. before, comment], agreement, speaker.Organisation, CommentTidings.Replied, db, cancel);
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/agreements/v1/agreements/{id}/comments/{threadId}",
            await ThreadView.Of(thread, viewer, db, cancel), thread.Version);
    }
}
