using System.Security.Claims;
using Iop.Identity.Domain;
using Iop.Identity.Proving;
using Iop.Identity.Sessions;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Acting = Iop.Identity.Sessions.Acting;

namespace Iop.Identity.People;

/// <summary>Before something that a stolen session must not do, the person gives the password again; whoever guesses it must
/// wait as at signing in.</summary>
internal sealed class OwnPassword(IdentityDb db, Passwords passwords, Attempts attempts, Logins logins)
{
    private const string Place = "signed in";

    public async Task<(Person? Person, Refusal? Refusal)> Of(Caller caller, string password, CancellationToken cancel)
    {
        var id = new PersonId(caller.Person);
        if (await db.People.FirstOrDefaultAsync(one => one.PersonId == id, cancel) is not { } person)
            return (null, Refusal.NotFound);
        if (!person.CanSignIn) return (null, PersonRefusals.NoPassword);
        // Beside the request's transaction: it ends without a trace when the answer is no, and the guess must count.
        var by = new Attempts.By(person.Email, Place);
        if (!await attempts.MayGuessBeside(by, logins, cancel)) return (null, PersonRefusals.MustWait);
        if (password.Length > Credentials.PasswordMax || passwords.Verify(person, password) is Passwords.Match.No)
            return (null, PersonRefusals.PasswordWrong);
        await Attempts.ForgetBeside(by, logins, cancel);
        return (person, null);
    }

    /// <summary>Before another way in is opened. Whoever has no password must have come in by what opens everything she has: no
    /// provider gets at more of her than it opens.</summary>
    public async Task<Refusal?> OrAllOpened(
        Caller caller, ClaimsPrincipal user, string? password, TimeProvider clock, CancellationToken cancel)
    {
        var id = new PersonId(caller.Person);
        if (await db.People.AnyAsync(one => one.PersonId == id && one.PasswordHash != null, cancel))
            return (await Of(caller, password ?? "", cancel)).Refusal;
        if (await ShowSession.Find(user, db, clock, cancel) is not { } session || session.PersonId != id) return Refusal.NotFound;
        var opened = Acting.Of(db, id, session.ProviderId).Select(one => one.MembershipId);
        return await db.Memberships.AnyAsync(
            one => one.PersonId == id && one.Roles.Count > 0 && !opened.Contains(one.MembershipId), cancel)
            ? PersonRefusals.NotAllOpened : null;
    }
}
