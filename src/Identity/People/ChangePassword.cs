using System.Security.Claims;
using Iop.Identity.Domain;
using Iop.Identity.Proving;
using Iop.Identity.Recovery;
using Iop.Identity.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.People;

/// <summary>A person chooses another password (byter lösenord). Everywhere else the person is signed out, and no device is known
/// any more.</summary>
internal static class ChangePassword
{
    public sealed record Request(string Password, string NewPassword);

    public sealed record Changed(int SignedOut);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/session/password", Handle).WithName(nameof(ChangePassword));

    internal static async Task<Answer<Changed>> Handle(
        Request request, ClaimsPrincipal user, Caller caller, IdentityDb db, OwnPassword present, Passwords passwords,
        KnownDevices devices, TimeProvider clock, CancellationToken cancel)
    {
        var me = new PersonId(caller.Person);
        var own = await db.People.AsNoTracking().FirstOrDefaultAsync(one => one.PersonId == me, cancel);
        if (new Fields().Password(request.NewPassword, "newPassword", own is null ? [] : [own.Name, own.Email]).Refusal
            is { } malformed) return malformed;
        var (person, refusal) = await present.Of(caller, request.Password, cancel);
        if (refusal is not null) return refusal;
        person!.ChoosePassword(passwords.Hash(request.NewPassword));
        AccountLinks.Tell(db, person, AccountLinks.PasswordChanged, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        await devices.Forget(person.PersonId, cancel);
        var (id, now) = (Guid.TryParse(user.FindFirstValue("sid"), out var sid) ? sid : Guid.Empty, clock.GetUtcNow());
        var ended = await db.Sessions.Where(
            one => one.PersonId == person.PersonId && one.SessionId != id && one.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.EndedAt, now), cancel);
        return new Changed(ended);
    }
}
