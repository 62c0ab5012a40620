using Iop.Identity.Domain;
using Iop.Identity.Proving;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.Platform.Storage;
using Microsoft.EntityFrameworkCore;

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
        if (await attempts.MustWaitBeside(by, logins, cancel)) return (null, PersonRefusals.MustWait);
        if (password.Length <= Credentials.PasswordMax && passwords.Verify(person, password) is not Passwords.Match.No)
            return (person, null);
        await attempts.FailedBeside(by, logins, cancel);
        return (null, PersonRefusals.PasswordWrong);
    }
}
