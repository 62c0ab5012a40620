using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Registry.Domain;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Organisations;

/// <summary>A unit (enhet) gets another name; it remains the same unit, with its roles and agreements.</summary>
internal static class RenameUnit
{
    public sealed record Request(string Name);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/organisations/{id:guid}/units/{unitId:guid}", Handle).WithName(nameof(RenameUnit));

    internal static async Task<Answer<UnitView>> Handle(
        Guid id, Guid unitId, Request request, Caller caller, IfMatch ifMatch, RegistryDb db, CancellationToken cancel)
    {
        var key = new OrganisationId(id);
        var found = await db.Organisations.FirstOrDefaultAsync(known => known.OrganisationId == key, cancel);
        if (found is not { } organisation || organisation.Units.All(unit => unit.UnitId != unitId)) return Refusal.NotFound;
        if (AddUnit.MayNotName(caller, id) is { } missing) return missing;
        if (ifMatch.Misses(organisation.Version) is { } stale) return stale;
        if (AddUnit.NameOf(request.Name).Refusal is { } malformed) return malformed;

        if (organisation.RenameUnit(unitId, request.Name.Trim()) is { } refusal) return refusal;
        db.Announce(organisation);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(new UnitView(unitId, request.Name.Trim()), organisation.Version);
    }
}
