using Iop.Contracts.Agreements;
using MassTransit;

namespace Iop.FollowUp.Planning;

/// <summary>A party that has left the partnership no longer sees its plans.</summary>
internal sealed class LetPartyGoWhenItLeaves(ComingAndGoing parties) : IConsumer<PartyLeftPartnership>
{
    public Task Consume(ConsumeContext<PartyLeftPartnership> context)
    {
        var told = context.Message;
        return parties.Goes(told.PartnershipId, new PartyAsTold(told.PartyId, told.OrganisationId, told.UnitId, told.Sequence),
            told.LeftOn.AddDays(-1), context.CancellationToken);
    }
}
