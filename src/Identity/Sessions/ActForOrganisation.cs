using System.Security.Claims;
using Iop.Identity.Domain;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Sessions;

/// <summary>A person chooses for which organisation (or unit) to act from now on (byter organisation). Tokens already given
/// keep their own organisation until they end; the gateway that handles this takes a new one at once.</summary>
internal static class ActForOrganisation
{
    public sealed record Request(Guid OrganisationId, Guid? UnitId = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/session/organisation", Handle).WithName(nameof(ActForOrganisation));

    internal static async Task<Answer<ShowSession.View>> Handle(
        Request request, ClaimsPrincipal user, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await ShowSession.Find(user, db, clock, cancel) is not { } session) return Refusal.NotFound;
        var organisation = new OrganisationRef(request.OrganisationId);
        UnitRef? unit = request.UnitId is { } asked ? new UnitRef(asked) : null;
        var wanted = await Acting.Of(db, session.PersonId, session.ProviderId)
            .FirstOrDefaultAsync(one => one.OrganisationId == organisation && one.UnitId == unit, cancel);
        if (wanted is null) return SessionRefusals.NoSuchMembership;
        session.ActFor(wanted);
        await db.SaveChangesAsync(cancel);
        await Acting.Seen(db, wanted, clock.Today(), cancel);
        return (await ShowSession.Of(session, db, cancel))!;
    }
}
