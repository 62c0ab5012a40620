using Iop.Contracts.Agreements;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Storage;
using Iop.Platform.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Planning;

/// <summary>A new version of the agreement has taken over: the plan goes on with its period, and newcomers see it.</summary>
internal sealed class FollowAgreementWhenItChanges(FollowUpDb db, ComingAndGoing parties, ReportsDue reports)
    : IConsumer<AgreementChanged>
{
    public async Task Consume(ConsumeContext<AgreementChanged> context)
    {
        var (told, cancel) = (context.Message, context.CancellationToken);
        var agreement = new AgreementRef(told.AgreementId);
        if (await db.HasHeard(nameof(FollowAgreementWhenItChanges), told.AgreementId, told.Sequence, cancel)) return;
        // The change may overtake the beginning: the message waits until the plan is here.
        var plan = await db.Plans.SingleOrDefaultAsync(plan => plan.Agreement == agreement, cancel)
            ?? throw new InvalidOperationException($"Agreement {told.AgreementId} changes before its plan has opened.");
        await parties.LetIn(told.PartnershipId, told.Parties.Select(party => new Admission(
            told.PartnershipId, party.OrganisationId, party.Kind, told.SignedOn, party.UnitId)), cancel);
        plan.Follow(told.EndsOn);
        await reports.TellAll(plan, cancel);
    }
}
