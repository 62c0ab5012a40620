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

/// <summary>Somebody comments on a section (kommenterar), for the own organisation, the own side or all. Beside the text, in
/// every state of it.</summary>
internal static class CommentOnSection
{
    public sealed record Request(string SectionKey, string Text, Audience? Audience = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id:guid}/comments", Handle).WithName(nameof(CommentOnSection)).Creates();

    internal static async Task<Answer<ThreadView>> Handle(
        Guid id, Request request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Agreements.FindAsync([new AgreementId(id)], cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Legal, Roles.Signatory) is { } missing) return missing;
        if (new Fields().Text("text", request.Text, Comment.TextMax).Refusal is { } malformed) return malformed;
        if (!SectionKeys.All.Contains(request.SectionKey, StringComparer.Ordinal)) return DialogueRefusals.UnknownSection;
        if (await viewer.For(agreement.PartnershipId, db, cancel) is not { } speaker) return PartnershipRefusals.NotAParty;
        if (await db.Threads.CountAsync(one => one.AgreementId == agreement.Id, cancel) >= CommentThread.PerAgreementMax)
            return DialogueRefusals.TooMany(CommentThread.PerAgreementMax);
        var now = clock.GetUtcNow();
        var thread = CommentThread.Start(Guid.CreateVersion7(now), agreement, request.SectionKey, request.Audience
            ?? Audience.All,
            speaker, now);
        var comment = thread.Say(Guid.CreateVersion7(now), request.Text.Trim(), speaker, now);
        db.Add(thread);
        db.Add(comment);
        await CommentTidings.Announce(thread, [comment], agreement, speaker.Organisation, CommentTidings.Commented, db, cancel);
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/agreements/v1/agreements/{id}/comments/{thread.ThreadId}",
            await ThreadView.Of(thread, viewer, db, cancel), thread.Version);
    }
}
