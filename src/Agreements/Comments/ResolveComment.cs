using Iop.Agreements.Dialogue;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Dialogue;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Comments;

/// <summary>What a thread was about is settled (utredd). It stays to be read, and another reply opens it again.</summary>
internal static class ResolveComment
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id:guid}/comments/{threadId:guid}/resolution", Handle).WithName(nameof(ResolveComment));

    internal static async Task<Answer<ThreadView>> Handle(
        Guid id, Guid threadId, IfMatch ifMatch, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Agreements.FindAsync([new AgreementId(id)], cancel) is not { } agreement) return Refusal.NotFound;
        if (await db.ThreadForUpdate(threadId, cancel) is not { } thread || thread.AgreementId != agreement.Id)
            return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Legal, Roles.Signatory) is { } missing) return missing;
        if (ifMatch.Misses(thread.Version) is { } stale) return stale;
        if (await viewer.For(agreement.PartnershipId, db, cancel) is not { } speaker) return PartnershipRefusals.NotAParty;
        if (thread.Resolve(viewer.Person, clock.GetUtcNow()) is { } refusal) return refusal;
        var comments = await db.Comments.Where(one => one.ThreadId == threadId).ToListAsync(cancel);
        await CommentTidings.Announce(
            thread, comments, agreement, speaker.Organisation, CommentTidings.Resolved, db, cancel);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await ThreadView.Of(thread, viewer, db, cancel), thread.Version);
    }
}
