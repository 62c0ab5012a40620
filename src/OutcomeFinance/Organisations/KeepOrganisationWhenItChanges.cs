using Iop.Contracts.Registry;
using Iop.Kernel;
using Iop.OutcomeFinance.Storage;
using MassTransit;

namespace Iop.OutcomeFinance.Organisations;

/// <summary>Keeps names, kinds and numbers of organisations: who may be a party, whose lawyer must approve, who stands on
/// an invoice.</summary>
internal sealed class KeepOrganisationWhenItChanges(OutcomeFinanceDb db) : IConsumer<OrganisationChanged>
{
    public async Task Consume(ConsumeContext<OrganisationChanged> context)
    {
        var (told, cancel) = (context.Message, context.CancellationToken);
        if (await db.HasHeard(nameof(KeepOrganisationWhenItChanges), told.OrganisationId, told.Sequence, cancel)) return;
        var kind = told.Kind switch
        {
            "public" => OrganisationKind.Public,
            "idea-driven" => OrganisationKind.IdeaDriven,
            _ => OrganisationKind.Private,
        };
        if (await db.Organisations.FindAsync([told.OrganisationId], cancel) is { } known)
            (known.Name, known.Kind, known.Number) = (told.Name, kind, told.Number);
        else db.Organisations.Add(new Organisation
        {
            OrganisationId = told.OrganisationId, Name = told.Name, Kind = kind, Number = told.Number,
        });
    }
}
