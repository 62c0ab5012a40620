using Iop.Contracts.Agreements;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Planning;

/// <summary>The agreement is no longer in force: its plan closes. Heard before the plan has opened, the end is
/// remembered.</summary>
internal sealed class ClosePlanWhenAgreementEnds(FollowUpDb db, ReportsDue reports) : IConsumer<AgreementEnded>
{
    public async Task Consume(ConsumeContext<AgreementEnded> context)
    {
        var (told, cancel) = (context.Message, context.CancellationToken);
        var agreement = new AgreementRef(told.AgreementId);
        if (await db.EndedAgreements.AnyAsync(ended => ended.AgreementId == agreement, cancel)) return;
        db.EndedAgreements.Add(new EndedAgreement { AgreementId = agreement, EndedOn = told.EndedOn });
        var plan = await db.Plans.SingleOrDefaultAsync(plan => plan.Agreement == agreement, cancel);
        if (plan is null) return;
        plan.Close(told.EndedOn);
        await reports.TellAll(plan, cancel);
    }
}
