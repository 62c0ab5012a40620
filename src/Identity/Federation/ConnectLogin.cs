using System.Security.Claims;
using Iop.Identity.Domain;
using Iop.Identity.People;
using Iop.Identity.Recovery;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Federation;

/// <summary>A signed-in person connects a login elsewhere to the own account (kopplar): she has shown it, sees whose it is, and
/// confirms. Nothing is ever connected because addresses are alike.</summary>
internal static class ConnectLogin
{
    private const int ItemsMax = 50;

    /// <param name="Shown">What the provider's page led back with.</param>
    /// <param name="Password">The own, of whoever has one; not needed to look.</param>
    public sealed record Request(string Shown, string? Password = null);

    public sealed record View(Guid Id, string ProviderName, string Label, DateTimeOffset LinkedAt, DateTimeOffset UsedAt,
        string LoginTag);

    public sealed record List(IReadOnlyList<View> Items);

    public sealed record Shown(string ProviderName, string Label, string Issuer, bool NeedsPassword);

    public sealed record Removed(Guid Id);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/session/logins", Own).WithName("ListLogins");
        api.MapPost("/session/logins/shown", Look).WithName("LookAtShownLogin");
        api.MapPost("/session/logins", Handle).WithName(nameof(ConnectLogin));
        api.MapDelete("/session/logins/{id:guid}", Remove).WithName("DisconnectLogin");
    }

    internal static async Task<Answer<List>> Own(Caller caller, IdentityDb db, CancellationToken cancel)
    {
        var person = new PersonId(caller.Person);
        var found = await db.Logins.AsNoTracking().Where(one => one.PersonId == person)
            .Join(db.Providers, login => login.ProviderId, provider => provider.ProviderId, (login, provider) =>
                new { login, provider.Name })
            .OrderBy(row => row.login.LinkedAt).Take(ItemsMax).ToListAsync(cancel);
        return new List([.. found.Select(row => Of(row.login, row.Name))]);
    }

    /// <summary>Whose login it is that was shown; nothing changes.</summary>
    internal static async Task<Answer<Shown>> Look(
        Request request, Caller caller, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await Find(request, caller, db, clock, cancel) is not { } shown) return LoginRefusals.NotShown;
        var hasPassword = await db.People.AnyAsync(one => one.PersonId == shown.PersonId && one.PasswordHash != null, cancel);
        return new Shown(await NameOf(shown.ProviderId, db, cancel), shown.Label, shown.Issuer, hasPassword);
    }

    internal static async Task<Answer<View>> Handle(
        Request request, ClaimsPrincipal user, Caller caller, OwnPassword own, IdentityDb db, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await Find(request, caller, db, clock, cancel) is not { } shown) return LoginRefusals.NotShown;
        if (await own.OrAllOpened(caller, user, request.Password, clock, cancel) is { } refusal) return refusal;
        await db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended({shown.Issuer + " " + shown.Subject}, 4716))", cancel);
        if (await db.Logins.AnyAsync(one => one.Issuer == shown.Issuer && one.Subject == shown.Subject, cancel))
            return LoginRefusals.Taken;
        if (await db.UnconfirmedLogins.Where(one => one.TokenHash == shown.TokenHash).ExecuteDeleteAsync(cancel) == 0)
            return LoginRefusals.NotShown;
        var now = clock.GetUtcNow();
        var login = new Login
        {
            LoginId = Guid.CreateVersion7(now), Issuer = shown.Issuer, Subject = shown.Subject, PersonId = shown.PersonId,
            ProviderId = shown.ProviderId, Label = shown.Label, LinkedAt = now, UsedAt = now,
        };
        db.Logins.Add(login);
        AccountLinks.Tell(db, await db.People.SingleAsync(one => one.PersonId == shown.PersonId, cancel),
            AccountLinks.LoginConnected, now);
        await db.SaveChangesAsync(cancel);
        return Of(login, await NameOf(shown.ProviderId, db, cancel));
    }

    internal static async Task<Answer<Removed>> Remove(
        Guid id, Caller caller, IfMatch ifMatch, IdentityDb db, CancellationToken cancel)
    {
        var me = new PersonId(caller.Person);
        if (await db.Logins.FirstOrDefaultAsync(one => one.LoginId == id && one.PersonId == me, cancel) is not { } login)
            return Refusal.NotFound;
        if (ifMatch.Misses(TagOf(login)) is { } stale) return stale;
        var person = await db.People.AsNoTracking().SingleAsync(one => one.PersonId == me, cancel);
        var hasAnother = person.CanSignIn || await db.Logins.AnyAsync(one => one.PersonId == me && one.LoginId != id, cancel);
        if (!hasAnother) return LoginRefusals.OnlyWayIn;
        db.Logins.Remove(login);
        await db.SaveChangesAsync(cancel);
        return new Removed(id);
    }

    private static Task<UnconfirmedLogin?> Find(
        Request request, Caller caller, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        var (hash, person, now) = (Random256.HashOf(request.Shown), new PersonId(caller.Person), clock.GetUtcNow());
        return db.UnconfirmedLogins.AsNoTracking().FirstOrDefaultAsync(
            one => one.TokenHash == hash && one.PersonId == person && one.ExpiresAt > now, cancel);
    }

    private static Task<string> NameOf(ProviderId id, IdentityDb db, CancellationToken cancel) =>
        db.Providers.Where(one => one.ProviderId == id).Select(one => one.Name).SingleAsync(cancel);

    private static View Of(Login login, string provider) =>
        new(login.LoginId, provider, login.Label, login.LinkedAt, login.UsedAt, TagOf(login));

    // What a person sees of it; being used does not make it another.
    private static string TagOf(Login login) =>
        Convert.ToHexStringLower(Random256.HashOf($"{login.LoginId} {login.ProviderId} {login.Label}"));
}
