using Iop.Contracts.Agreements;
using MassTransit;

namespace Iop.FollowUp.Planning;

/// <summary>A party that had left and comes back sees the plans again; for one that is new its agreements decide.</summary>
internal sealed class LetPartyBackWhenItJoins(ComingAndGoing parties) : IConsumer<PartyJoinedPartnership>
{
    public Task Consume(ConsumeContext<PartyJoinedPartnership> context)
    {
        var told = context.Message;
        return parties.Comes(told.PartnershipId, new PartyAsTold(told.PartyId, told.OrganisationId, told.UnitId, told.Sequence),
            context.CancellationToken);
    }
}
