using Iop.Agreements.Dialogue;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Dialogue;
using Iop.Agreements.Organisations;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Partners;

/// <summary>Somebody around the table is named (aktör): asked to join, still to be asked, or affected without being a
/// party.</summary>
internal static class NameActor
{
    /// <param name="Name">What it is called; not needed for an organisation of the platform.</param>
    /// <param name="Kind">public, idea-driven or private; not needed for an organisation of the platform.</param>
    public sealed record Request(
        Standing Standing, string? Name = null, OrganisationKind? Kind = null, Guid? OrganisationId = null, Guid? UnitId = null,
        string? Reason = null, DateOnly? Since = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/partnerships/{id:guid}/actors", Handle).WithName(nameof(NameActor)).Creates();
        api.MapGet("/partnerships/{id:guid}/actors/{actorId:guid}", Show).WithName("ShowActor");
    }

    internal static async Task<Answer<ActorView>> Handle(
        Guid id, Request request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.PartnershipForUpdate(id, cancel) is not { } partnership) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (new Fields().OptionalText("name", request.Name, Actor.NameMax).OptionalText("reason", request.Reason, Actor.ReasonMax)
            .Must("name", request.OrganisationId is not null || !string.IsNullOrWhiteSpace(request.Name), "field.required")
            .Must("kind", request.OrganisationId is not null || request.Kind is not null, "field.required")
            .Must("standing", request.Standing.IsBeginning(), "actor.begins-otherwise")
            .Refusal is { } malformed) return malformed;
        if (await viewer.For(partnership.Id, db, cancel) is null) return PartnershipRefusals.NotAParty;
        if (partnership.HasEnded() is { } ended) return ended;
        if (await Identity(request, db, cancel) is not { } who) return PartnershipRefusals.UnknownOrganisation;
        var named = await db.Actors.Where(actor => actor.PartnershipId == partnership.Id).ToListAsync(cancel);
        var now = clock.GetUtcNow();
        var place = new Actor.Place(request.Standing, request.Reason?.Trim(), request.Since ?? SwedishTime.DateIn(now));
        if (Actor.Write(Guid.CreateVersion7(now), partnership.Id, who, place, named, out var actor) is { } refusal)
            return refusal;
        db.Add(actor);
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/agreements/v1/partnerships/{id}/actors/{actor.ActorId}", ActorView.Of(actor), actor.Version);
    }

    internal static async Task<Answer<ActorView>> Show(Guid id, Guid actorId, AgreementsDb db, CancellationToken cancel)
    {
        var partnership = new PartnershipId(id);
        if (await db.Actors.SingleOrDefaultAsync(one => one.PartnershipId == partnership && one.ActorId == actorId, cancel)
            is not { } actor) return Refusal.NotFound;
        return Answers.Ok(ActorView.Of(actor), actor.Version);
    }

    private static async Task<Actor.Identity?> Identity(Request request, AgreementsDb db, CancellationToken cancel)
    {
        if (request.OrganisationId is not { } organisationId)
            return request.UnitId is null ? new Actor.Identity(request.Name!.Trim(), request.Kind!.Value, null, null) : null;
        var id = new OrganisationRef(organisationId);
        if (await db.Organisations.FindAsync([id], cancel) is not { } known) return null;
        if (request.UnitId is not { } unitId) return new Actor.Identity(known.Name, known.Kind, id, null);
        var part = new UnitRef(unitId);
        var unit = await db.Units.SingleOrDefaultAsync(one => one.UnitId == part && one.OrganisationId == id, cancel);
        return unit is null ? null : new Actor.Identity($"{known.Name}, {unit.Name}", known.Kind, id, part);
    }
}
