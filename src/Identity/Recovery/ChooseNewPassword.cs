using Iop.Identity.Domain;
using Iop.Identity.People;
using Iop.Identity.Proving;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Recovery;

/// <summary>Whoever holds the link that was mailed chooses another password. The second factor stays; the person is signed out
/// everywhere, and no device is known any more.</summary>
internal static class ChooseNewPassword
{
    public sealed record Request(string Password);

    public sealed record Changed(Guid PersonId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/password-resets/{token}", Handle).WithName(nameof(ChooseNewPassword)).AllowAnonymous();

    internal static async Task<Answer<Changed>> Handle(
        string token, Request request, IdentityDb db, Passwords passwords, KnownDevices devices, AccountTrail trail,
        TimeProvider clock, CancellationToken cancel)
    {
        var (hash, now) = (Random256.HashOf(token), clock.GetUtcNow());
        var link = await db.OneTimeLinks.AsNoTracking().FirstOrDefaultAsync(
            one => one.TokenHash == hash && one.Purpose == AccountLinks.Password && one.ExpiresAt > now, cancel);
        if (link is not { PersonId: { } id }) return LinkRefusals.NotValid;
        var person = await db.People.SingleAsync(one => one.PersonId == id, cancel);
        if (new Fields().Password(request.Password, own: [person.Name, person.Email]).Refusal is { } malformed) return malformed;
        // Whoever deletes the row has used the link; others for the same end with it.
        if (await db.OneTimeLinks.Where(one => one.TokenHash == hash).ExecuteDeleteAsync(cancel) == 0)
            return LinkRefusals.NotValid;
        await db.OneTimeLinks.Where(one => one.PersonId == id && one.Purpose == AccountLinks.Password).ExecuteDeleteAsync(cancel);
        person.ChoosePassword(passwords.Hash(request.Password));
        AccountLinks.Tell(db, person, AccountLinks.PasswordChanged, now);
        await db.SaveChangesAsync(cancel);
        await SignOutEverywhere(id, db, devices, now, cancel);
        await trail.OfAccount(
            nameof(ChooseNewPassword), id, ["modified person passwordHash", "modified session endedAt"], cancel);
        return new Changed(id.Value);
    }

    internal static async Task SignOutEverywhere(
        PersonId person, IdentityDb db, KnownDevices devices, DateTimeOffset now, CancellationToken cancel)
    {
        await devices.Forget(person, cancel);
        await db.Sessions.Where(one => one.PersonId == person && one.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.EndedAt, now), cancel);
    }
}
