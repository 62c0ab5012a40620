using Iop.Contracts.Registry;
using Iop.Identity.Domain;
using Iop.Identity.Storage;
using MassTransit;

namespace Iop.Identity.Memberships;

/// <summary>Names and units of organisations are kept, so that people can be given roles there and see for whom they
/// act.</summary>
internal sealed class KeepOrganisationWhenItChanges(IdentityDb db) : IConsumer<OrganisationChanged>
{
    public const string Queue = "identity.keep-organisation-when-it-changes";

    public async Task Consume(ConsumeContext<OrganisationChanged> context)
    {
        var (told, cancel) = (context.Message, context.CancellationToken);
        if (await db.HasHeard(Queue, told.OrganisationId, told.Sequence, cancel)) return;
        var id = new OrganisationRef(told.OrganisationId);
        if (await db.Organisations.FindAsync([id], cancel) is { } known) (known.Name, known.Kind) = (told.Name, told.Kind);
        else db.Organisations.Add(new Organisation { OrganisationId = id, Name = told.Name, Kind = told.Kind });
        await db.SaveChangesAsync(cancel); // before its units, which refer to it
        foreach (var unit in told.Units)
        {
            var unitId = new UnitRef(unit.UnitId);
            if (await db.Units.FindAsync([unitId], cancel) is { } knownUnit) knownUnit.Name = unit.Name;
            else db.Units.Add(new Unit { UnitId = unitId, OrganisationId = id, Name = unit.Name });
        }
    }
}
