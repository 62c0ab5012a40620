using Iop.Identity.Domain;
using Iop.Identity.People;
using Iop.Identity.Proving;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Recovery;

/// <summary>Whoever holds the link that was mailed, and knows the password, takes up another authenticator app, and shows a code
/// of it. Until then the old one counts; then it and the old recovery codes are worth nothing, and the person is signed out
/// everywhere.</summary>
internal static class TakeNewSecondFactor
{
    public sealed record Request(string Password, string Code, string Offer);

    public sealed record Taken(Guid PersonId, IReadOnlyList<string> RecoveryCodes);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/second-factors/{token}", Handle)
        .WithName(nameof(TakeNewSecondFactor)).AllowAnonymous();

    internal static async Task<Answer<Taken>> Handle(
        string token, Request request, IdentityDb db, Passwords passwords, OfferedSecrets offers, Attempts attempts,
        KnownDevices devices, AccountTrail trail, TimeProvider clock, CancellationToken cancel)
    {
        var (hash, now) = (Random256.HashOf(token), clock.GetUtcNow());
        var link = await db.OneTimeLinks.AsNoTracking().FirstOrDefaultAsync(
            one => one.TokenHash == hash && one.Purpose == AccountLinks.SecondFactor && one.ExpiresAt > now, cancel);
        if (link is not { PersonId: { } id }) return LinkRefusals.NotValid;
        var person = (await db.PersonForUpdate(id.Value, cancel))!;
        var (proof, refusal) = await offers.Prove(request.Offer, request.Code, hash, person.Email, () =>
            request.Password.Length > Credentials.PasswordMax
            || passwords.Verify(person, request.Password) is Passwords.Match.No ? PersonRefusals.PasswordWrong : null, cancel);
        if (proof is null) return refusal!;
        if (await db.OneTimeLinks.Where(one => one.TokenHash == hash).ExecuteDeleteAsync(cancel) == 0)
            return LinkRefusals.NotValid;
        person.TakeSecondFactor(proof.Secret);
        await attempts.UseOnce(id, proof.Step, cancel);
        AccountLinks.Tell(db, person, AccountLinks.SecondFactorChanged, now);
        await db.SaveChangesAsync(cancel);
        await ChooseNewPassword.SignOutEverywhere(id, db, devices, now, cancel);
        await trail.OfAccount(nameof(TakeNewSecondFactor), id,
            ["modified person totpSecret", "modified recovery_code", "modified session endedAt"], cancel);
        return new Taken(id.Value, await RecoveryCodes.Renew(id, db, cancel));
    }
}
