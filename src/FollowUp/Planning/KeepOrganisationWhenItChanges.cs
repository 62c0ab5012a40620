using Iop.Contracts.Registry;
using Iop.FollowUp.Storage;
using MassTransit;

namespace Iop.FollowUp.Planning;

/// <summary>Keeps names and kinds of organisations.</summary>
internal sealed class KeepOrganisationWhenItChanges(FollowUpDb db) : IConsumer<OrganisationChanged>
{
    public async Task Consume(ConsumeContext<OrganisationChanged> context)
    {
        var (told, cancel) = (context.Message, context.CancellationToken);
        if (await db.HasHeard(nameof(KeepOrganisationWhenItChanges), told.OrganisationId, told.Sequence, cancel)) return;
        if (await db.Organisations.FindAsync([told.OrganisationId], cancel) is { } known)
        {
            (known.Name, known.Kind) = (told.Name, told.Kind);
            return;
        }
        db.Organisations.Add(new Organisation { OrganisationId = told.OrganisationId, Name = told.Name, Kind = told.Kind });
    }
}
