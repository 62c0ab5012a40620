using Iop.Identity.Domain;
using Iop.Identity.People;
using Iop.Identity.Proving;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Platform.Api;
using Iop.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Recovery;

/// <summary>Whoever holds the link that was mailed, and knows the password, takes up another authenticator app. The old one and
/// the old recovery codes are worth nothing then, and the person is signed out everywhere.</summary>
internal static class TakeNewSecondFactor
{
    public sealed record Request(string Password);

    public sealed record Taken(Guid PersonId, string TotpSecret, IReadOnlyList<string> RecoveryCodes);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/second-factors/{token}", Handle)
        .WithName(nameof(TakeNewSecondFactor)).AllowAnonymous();

    internal static async Task<Answer<Taken>> Handle(
        string token, Request request, IdentityDb db, Passwords passwords, SecretBox box, Attempts attempts, Logins logins,
        KnownDevices devices, AccountTrail trail, TimeProvider clock, CancellationToken cancel)
    {
        var (hash, now) = (Random256.HashOf(token), clock.GetUtcNow());
        var link = await db.OneTimeLinks.AsNoTracking().FirstOrDefaultAsync(
            one => one.TokenHash == hash && one.Purpose == AccountLinks.SecondFactor && one.ExpiresAt > now, cancel);
        if (link is not { PersonId: { } id }) return LinkRefusals.NotValid;
        var person = await db.People.SingleAsync(one => one.PersonId == id, cancel);
        var by = new Attempts.By(person.Email, "link");
        if (!await attempts.MayGuessBeside(by, logins, cancel)) return PersonRefusals.MustWait;
        if (request.Password.Length > Credentials.PasswordMax
            || passwords.Verify(person, request.Password) is Passwords.Match.No) return PersonRefusals.PasswordWrong;
        await Attempts.ForgetBeside(by, logins, cancel);
        if (await db.OneTimeLinks.Where(one => one.TokenHash == hash).ExecuteDeleteAsync(cancel) == 0)
            return LinkRefusals.NotValid;
        var secret = OneTimeCode.NewSecret();
        person.TakeSecondFactor(box.Close(secret));
        AccountLinks.Tell(db, person, AccountLinks.SecondFactorChanged, now);
        await db.SaveChangesAsync(cancel);
        await ChooseNewPassword.SignOutEverywhere(id, db, devices, now, cancel);
        await trail.OfAccount(nameof(TakeNewSecondFactor), id,
            ["modified person totpSecret", "modified recovery_code", "modified session endedAt"], cancel);
        return new Taken(id.Value, OneTimeCode.Readable(secret), await RecoveryCodes.Renew(id, db, cancel));
    }
}
