using Iop.Contracts.Agreements;
using Iop.Contracts.FollowUp;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Indicators;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Planning;

/// <summary>An agreement in force is followed up: the plan opens, and the parties may see it.</summary>
internal sealed class OpenPlanWhenAgreementEntersIntoForce(FollowUpDb db, ComingAndGoing parties, TimeProvider clock)
    : IConsumer<AgreementEnteredIntoForce>
{
    public async Task Consume(ConsumeContext<AgreementEnteredIntoForce> context)
    {
        var (told, cancel) = (context.Message, context.CancellationToken);
        var agreement = new AgreementRef(told.AgreementId);
        if (await db.HasHeard(nameof(OpenPlanWhenAgreementEntersIntoForce), told.AgreementId, told.Sequence, cancel)) return;
        if (await db.Plans.AnyAsync(plan => plan.Agreement == agreement, cancel)) return;
        await parties.LetIn(told.PartnershipId, told.Parties.Select(party => new Admission(
            told.PartnershipId, party.OrganisationId, party.Kind, told.SignedOn, party.UnitId)), cancel);
        var plan = Plan.For(
            new PlanId(Guid.CreateVersion7(clock.GetUtcNow())), new PartnershipRef(told.PartnershipId), agreement, told.Title,
            new Period(told.StartsOn, told.EndsOn));
        if (await db.EndedAgreements.FindAsync([agreement], cancel) is { } ended) plan.Close(ended.EndedOn);
        db.Plans.Add(plan);
        db.Announce(plan.Id.Value, plan.Version, new PlanOpened
        {
            PlanId = plan.Id.Value,
            Sequence = plan.Version,
            PartnershipId = told.PartnershipId,
            AgreementId = told.AgreementId,
            Title = told.Title,
            Organisations = [.. told.Parties.Select(party => party.OrganisationId).Distinct()],
        });
    }
}
