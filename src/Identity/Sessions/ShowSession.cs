using System.Security.Claims;
using Iop.Identity.Domain;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Sessions;

/// <summary>Who I am, for whom I act, and for whom else I could.</summary>
internal static class ShowSession
{
    public sealed record View(PersonView Person, ActingView Acting, IReadOnlyList<ActingView> Memberships);

    public sealed record PersonView(Guid Id, string Name, string Email, string Language);

    public sealed record ActingView(
        Guid OrganisationId, string OrganisationName, Guid? UnitId, string? UnitName, IReadOnlyList<string> Roles);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/session", Handle).WithName(nameof(ShowSession));

    internal static async Task<Answer<View>> Handle(
        ClaimsPrincipal user, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await Find(user, db, clock, cancel) is not { } session || await Of(session, db, cancel) is not { } view)
            return Refusal.NotFound;
        return view;
    }

    /// <summary>The living session that the caller's token came from; systems have none.</summary>
    internal static async Task<Session?> Find(
        ClaimsPrincipal user, IdentityDb db, TimeProvider clock, CancellationToken cancel) =>
        Guid.TryParse(user.FindFirstValue("sid"), out var id)
            && await db.Sessions.FirstOrDefaultAsync(one => one.SessionId == id, cancel) is { } session
        && session.IsAlive(clock.GetUtcNow())
            ? session
            : null;

    internal static async Task<View?> Of(Session session, IdentityDb db, CancellationToken cancel)
    {
        var person = await db.People.AsNoTracking().SingleAsync(one => one.PersonId == session.PersonId, cancel);
        var memberships = await Acting.Of(db, session.PersonId, session.ProviderId).AsNoTracking().ToListAsync(cancel);
        var organisations = memberships.Select(one => one.OrganisationId).Distinct().ToList();
        var names = await db.Organisations.Where(one => organisations.Contains(one.OrganisationId))
            .ToDictionaryAsync(one => one.OrganisationId, one => one.Name, cancel);
        var units = await db.Units.Where(one => organisations.Contains(one.OrganisationId))
            .ToDictionaryAsync(one => one.UnitId, one => one.Name, cancel);
        var views = memberships.ConvertAll(one => new ActingView(
            one.OrganisationId.Value, names[one.OrganisationId], one.UnitId?.Value, one.UnitId is { } unit ? units[unit]
                : null, one.Roles));
        var acting = views.Find(one => one.OrganisationId == session.OrganisationId.Value && one.UnitId == session.UnitId?.Value);
        return acting is null ? null
            : new View(new PersonView(person.PersonId.Value, person.Name, person.Email, person.Language), acting, views);
    }
}
