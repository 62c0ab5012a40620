using Iop.Contracts.Agreements;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Storage;
using Iop.Platform.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Planning;

/// <summary>A new version of the agreement has taken over: the plan goes on with its period, newcomers see it, and those who have
/// left no longer do.</summary>
internal sealed class FollowAgreementWhenItChanges(FollowUpDb db) : IConsumer<AgreementChanged>
{
    public async Task Consume(ConsumeContext<AgreementChanged> context)
    {
        var (told, cancel) = (context.Message, context.CancellationToken);
        var agreement = new AgreementRef(told.AgreementId);
        if (await db.HasHeard(nameof(FollowAgreementWhenItChanges), told.AgreementId, told.Sequence, cancel)) return;
        // The change may overtake the beginning: the message waits until the plan is here.
        var plan = await db.Plans.SingleOrDefaultAsync(plan => plan.Agreement == agreement, cancel)
            ?? throw new InvalidOperationException($"Agreement {told.AgreementId} changes before its plan has opened.");
        foreach (var party in told.Parties)
        {
            await db.LetInAsSystem(new Admission(
                told.PartnershipId, party.OrganisationId, party.Kind, told.SignedOn, party.UnitId), cancel);
        }
        await LetGo(told, cancel);
        plan.Follow(told.EndsOn);
    }

    /// <summary>Only where this is the partnership's only plan: else another agreement may keep the organisation here.</summary>
    private async Task LetGo(AgreementChanged told, CancellationToken cancel)
    {
        var partnership = new PartnershipRef(told.PartnershipId);
        if (await db.Plans.CountAsync(plan => plan.Partnership == partnership, cancel) > 1) return;
        // A unit that leaves is let go though its organisation stays, with another unit or as itself.
        var (organisations, units) = (told.Parties.Select(party => party.OrganisationId).ToArray(),
            told.Parties.Select(party => party.UnitId).ToArray());
        await db.Database.ExecuteSqlAsync($"""
            UPDATE access SET valid_to = {told.EffectiveOn.AddDays(-1)}
            WHERE partnership_id = {told.PartnershipId} AND side IN ('public', 'idea-driven', 'private')
              AND valid_to IS NULL AND NOT EXISTS (
                SELECT FROM unnest({organisations}::uuid[], {units}::uuid[]) AS stays (organisation_id, unit_id)
                WHERE stays.organisation_id = access.organisation_id AND stays.unit_id IS NOT DISTINCT FROM access.unit_id)
            """, cancel);
    }
}
