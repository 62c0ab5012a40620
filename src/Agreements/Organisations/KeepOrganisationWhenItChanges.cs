using Iop.Agreements.Domain;
using Iop.Agreements.Storage;
using Iop.Contracts.Registry;
using Iop.Kernel;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Organisations;

/// <summary>Keeps names, kinds and units of the organisations that can be parties.</summary>
public sealed class KeepOrganisationWhenItChanges(AgreementsDb db) : IConsumer<OrganisationChanged>
{
    public const string Queue = "agreements.keep-organisation-when-it-changes";

    public async Task Consume(ConsumeContext<OrganisationChanged> context)
    {
        var (message, cancel) = (context.Message, context.CancellationToken);
        if (await db.HasHeard(Queue, message.OrganisationId, message.Sequence, cancel)) return;
        var id = new OrganisationRef(message.OrganisationId);
        var kind = Words.Read<OrganisationKind>(message.Kind)
            ?? throw new InvalidOperationException($"{message.Kind} is no kind of organisation.");
        if (await db.Organisations.FindAsync([id], cancel) is { } known)
        {
            (known.Number, known.Name, known.Kind) = (message.Number, message.Name, kind);
        }
        else
        {
            db.Add(new KnownOrganisation { OrganisationId = id, Number = message.Number, Name = message.Name, Kind = kind });
        }
        var units = await db.Units.Where(unit => unit.OrganisationId == id).ToDictionaryAsync(unit => unit.UnitId, cancel);
        foreach (var told in message.Units)
        {
            if (units.TryGetValue(new UnitRef(told.UnitId), out var unit)) unit.Name = told.Name;
            else db.Add(new KnownUnit { UnitId = new UnitRef(told.UnitId), OrganisationId = id, Name = told.Name });
        }
    }
}
