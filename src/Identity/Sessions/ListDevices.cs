using System.Security.Claims;
using Iop.Identity.Domain;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Sessions;

/// <summary>Where a person is signed in, and signing out there: one device, or all (loggar ut överallt).</summary>
internal static class ListDevices
{
    private const int ItemsMax = 100;

    /// <param name="Agent">What the browser said it is.</param>
    /// <param name="ProviderName">The organisation's login by which the person came in; none with a password.</param>
    /// <param name="Current">The one that asks.</param>
    public sealed record View(
        Guid Id, string? Agent, string? ProviderName, DateTimeOffset BegunAt, DateTimeOffset UsedAt, bool Current);

    public sealed record List(IReadOnlyList<View> Items);

    public sealed record Done(int SignedOut);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/session/devices", Handle).WithName(nameof(ListDevices));
        api.MapDelete("/session/devices/{id:guid}", SignOutThere).WithName("SignOutThere");
        api.MapDelete("/session/devices", SignOutEverywhere).WithName("SignOutEverywhere");
    }

    internal static async Task<Answer<List>> Handle(
        ClaimsPrincipal user, Caller caller, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        var (person, now, own) = (new PersonId(caller.Person), clock.GetUtcNow(), user.FindFirstValue("sid"));
        var sessions = await db.Sessions.AsNoTracking().Where(one => one.PersonId == person && one.EndedAt == null)
            .OrderByDescending(one => one.UsedAt).Take(ItemsMax).ToListAsync(cancel);
        var alive = sessions.FindAll(one => one.IsAlive(now));
        var by = alive.Select(one => one.ProviderId).OfType<ProviderId>().Distinct().ToList();
        var names = await db.Providers.Where(one => by.Contains(one.ProviderId))
            .ToDictionaryAsync(one => one.ProviderId, one => one.Name, cancel);
        return new List(alive.ConvertAll(one => new View(
            one.SessionId, one.Agent, one.ProviderId is { } id ? names[id] : null, one.BegunAt, one.UsedAt,
            one.SessionId.ToString() == own)));
    }

    internal static async Task<Answer<Done>> SignOutThere(
        Guid id, Caller caller, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        var ended = await End(db.Sessions.Where(one => one.SessionId == id), caller, clock, cancel);
        return ended == 0 ? Refusal.NotFound : new Done(ended);
    }

    internal static async Task<Answer<Done>> SignOutEverywhere(
        Caller caller, IdentityDb db, TimeProvider clock, CancellationToken cancel) =>
        new Done(await End(db.Sessions, caller, clock, cancel));

    // One by one, as rows: so the platform writes its line in the audit trail.
    private static async Task<int> End(
        IQueryable<Session> sessions, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        var (person, now) = (new PersonId(caller.Person), clock.GetUtcNow());
        var open = await sessions.Where(one => one.PersonId == person && one.EndedAt == null).ToListAsync(cancel);
        foreach (var session in open) session.End(now);
        return open.Count;
    }
}
