using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Dialogue;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Comments;

/// <summary>Who hears that something was said: the others of the thread. Its words stay here.</summary>
internal static class CommentTidings
{
    public const string Commented = "commented";
    public const string Replied = "replied";
    public const string Resolved = "resolved";

    public static async Task Announce(
        CommentThread thread, IReadOnlyList<Comment> said, Agreement agreement, OrganisationRef by, string act, AgreementsDb db,
        CancellationToken cancel)
    {
        var parties = await db.Parties.Where(party => party.PartnershipId == thread.PartnershipId).ToListAsync(cancel);
        // A new thread is told to the whole circle, what follows to those who have spoken in it.
        var heard = parties.Where(party => Circles.Holds(thread.Circle, party.Organisation, party.Kind))
            .Select(party => party.Organisation).Distinct()
            .Where(organisation => act == Commented || said.Any(comment => comment.Organisation == organisation))
            // Within one organisation the colleagues are the others.
            .Where(organisation => organisation != by || thread.Audience is Audience.OwnParty);
        db.Announce(thread.ThreadId, thread.Version, new SectionCommented
        {
            ThreadId = thread.ThreadId,
            Sequence = thread.Version,
            PartnershipId = thread.PartnershipId.Value,
            AgreementId = thread.AgreementId.Value,
            Title = agreement.Title,
            SectionKey = thread.SectionKey,
            Act = act,
            OrganisationId = by.Value,
            Hearers = [.. heard.Select(organisation => organisation.Value)],
        });
    }
}
