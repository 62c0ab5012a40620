using Iop.Identity.Domain;
using Iop.Identity.Proving;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.People;

/// <summary>The invited person chooses a password and gets the secret for an authenticator app.</summary>
internal static class AcceptInvitation
{
    public sealed record Request(string Password);

    public sealed record Accepted(Guid PersonId, string Email, string TotpSecret, IReadOnlyList<string> RecoveryCodes);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/invitations/{token}/acceptance", Handle).WithName(nameof(AcceptInvitation)).AllowAnonymous();

    internal static async Task<Answer<Accepted>> Handle(
        string token, Request request, IdentityDb db, Passwords passwords, SecretBox box, AccountTrail trail,
        TimeProvider clock, CancellationToken cancel)
    {
        var (hash, now) = (Random256.HashOf(token), clock.GetUtcNow());
        var link = await db.OneTimeLinks.AsNoTracking()
            .FirstOrDefaultAsync(one => one.TokenHash == hash && one.PersonId != null
                && one.Purpose == OneTimeLink.Invitation && one.ExpiresAt > now, cancel);
        if (link is null) return LinkRefusals.NotValid;
        var person = await db.People.SingleAsync(one => one.PersonId == link.PersonId, cancel);
        if (new Fields().Password(request.Password, own: [person.Name, person.Email]).Refusal is { } malformed) return malformed;
        // Whoever deletes the row has used the link; a second one at the same time finds nothing to delete.
        if (await db.OneTimeLinks.Where(one => one.TokenHash == hash).ExecuteDeleteAsync(cancel) == 0)
            return LinkRefusals.NotValid;
        if (Credentials.Give(person, request.Password, passwords, box) is not { } secret)
            return PersonRefusals.AlreadyHasCredentials;
        await trail.OfAccount(nameof(AcceptInvitation), person.PersonId,
            ["modified person passwordHash,totpSecret", "added recovery_code"], cancel);
        return new Accepted(
            person.PersonId.Value, person.Email, secret, await RecoveryCodes.Renew(person.PersonId, db, cancel));
    }
}
