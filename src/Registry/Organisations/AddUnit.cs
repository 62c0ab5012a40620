using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Registry.Domain;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Organisations;

/// <summary>A board, administration or local branch (enhet) begins to act for its organisation.</summary>
internal static class AddUnit
{
    private const int NameMax = 200;

    public sealed record Request(string Name);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/organisations/{id:guid}/units", Handle).WithName(nameof(AddUnit)).Creates();

    internal static async Task<Answer<UnitView>> Handle(
        Guid id, Request request, Caller caller, RegistryDb db, TimeProvider clock, CancellationToken cancel)
    {
        var key = new OrganisationId(id);
        // Locked: two units at once are two changes of one organisation, not a conflict.
        var locked = db.Organisations.FromSql($"SELECT * FROM organisation WHERE organisation_id = {id} FOR UPDATE");
        if (await locked.AsSplitQuery().FirstOrDefaultAsync(known => known.OrganisationId == key, cancel) is not { } organisation)
            return Refusal.NotFound;
        if (MayNotName(caller, id) is { } missing) return missing;
        if (NameOf(request.Name).Refusal is { } malformed) return malformed;

        var unit = new UnitView(Guid.CreateVersion7(clock.GetUtcNow()), request.Name.Trim());
        if (organisation.AddUnit(unit.Id, unit.Name) is { } refusal) return refusal;
        db.Announce(organisation);
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/registry/v1/organisations/{id}", unit, organisation.Version);
    }

    /// <summary>An organisation's units are named by its own admin, and by the operator who takes it aboard.</summary>
    internal static Refusal? MayNotName(Caller caller, Guid organisation) =>
        caller.Organisation == organisation && caller.Unit is null && caller.Has(Roles.Admin) ? null
            : caller.Lacks(Roles.Operator);

    internal static Fields NameOf(string? name) => new Fields().Text("name", name, NameMax)
        .Must("name", PublicText.IsWithoutPersons(name), "entry.names-a-person");
}
