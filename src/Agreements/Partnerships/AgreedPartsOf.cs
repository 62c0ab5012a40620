using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Domain.Texts;
using Iop.Agreements.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Partnerships;

/// <summary>Reads the agreed parts of several agreements at once.</summary>
internal static class AgreedPartsOf
{
    public static async Task<Func<AgreementId, AgreedParts>> All(
        AgreementsDb db, IReadOnlyCollection<AgreementId> ids, CancellationToken cancel)
    {
        var goals = (await db.Goals.Where(goal => ids.Contains(goal.AgreementId)).OrderBy(goal => goal.Id).ToListAsync(cancel))
            .ToLookup(goal => goal.AgreementId);
        var activities = (await db.Activities.Where(activity => ids.Contains(activity.AgreementId))
            .OrderBy(activity => activity.Id)
            .ToListAsync(cancel)).ToLookup(activity => activity.AgreementId);
        var bodies = (await db.Bodies
            .Where(body => body.AgreementId != null && ids.Contains(body.AgreementId.Value) && body.Kind != BodyKind.Temporary)
            .OrderBy(body => body.Id).ToListAsync(cancel)).ToLookup(body => body.AgreementId!.Value);
        var attachments = (await db.Attachments.Where(attachment => ids.Contains(attachment.AgreementId))
            .Join(db.Files, attachment => attachment.FileId, file => file.Id, (attachment, file) => new { attachment, file })
            .OrderBy(both => both.attachment.Id).ToListAsync(cancel)).ToLookup(both => both.attachment.AgreementId);
        return id => new AgreedParts([.. goals[id]], [.. activities[id]], [.. bodies[id]],
            [.. attachments[id].Select(both => new AttachedFile(both.attachment, both.file))]);
    }

    public static async Task<Func<AgreementId, LivingParts>> Living(
        AgreementsDb db, IReadOnlyCollection<AgreementId> ids, CancellationToken cancel)
    {
        var deliveries = (await db.Deliveries.AsNoTracking().Where(delivery => ids.Contains(delivery.AgreementId))
            .OrderBy(delivery => delivery.DeliveryId).ToListAsync(cancel)).ToLookup(delivery => delivery.AgreementId);
        var acceptances = (await db.RoleAcceptances.AsNoTracking().Where(one => ids.Contains(one.AgreementId))
            .OrderBy(one => one.AcceptanceId).ToListAsync(cancel)).ToLookup(one => one.AgreementId);
        return id => new LivingParts([.. deliveries[id]], [.. acceptances[id]]);
    }
}
