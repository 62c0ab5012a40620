using Iop.Identity.Domain;
using Iop.Identity.Proving;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.People;

/// <summary>The invited person chooses a password and shows by a code that her authenticator app has the secret that was offered.
/// Only then is the link used up, and the recovery codes are shown.</summary>
internal static class AcceptInvitation
{
    public sealed record Request(string Password, string Code, string Offer);

    public sealed record Accepted(Guid PersonId, string Email, IReadOnlyList<string> RecoveryCodes);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/invitations/{token}/acceptance", Handle).WithName(nameof(AcceptInvitation)).AllowAnonymous();

    internal static async Task<Answer<Accepted>> Handle(
        string token, Request request, IdentityDb db, Passwords passwords, OfferedSecrets offers, Attempts attempts,
        AccountTrail trail, TimeProvider clock, CancellationToken cancel)
    {
        var (hash, now) = (Random256.HashOf(token), clock.GetUtcNow());
        var link = await db.OneTimeLinks.AsNoTracking()
            .FirstOrDefaultAsync(one => one.TokenHash == hash && one.PersonId != null
                && one.Purpose == OneTimeLink.Invitation && one.ExpiresAt > now, cancel);
        if (link is not { PersonId: { } id }) return LinkRefusals.NotValid;
        // Held: of two links of hers at the same time one is late, and hears so.
        var person = (await db.PersonForUpdate(id.Value, cancel))!;
        if (new Fields().Password(request.Password, own: [person.Name, person.Email]).Refusal is { } malformed) return malformed;
        var (proof, refusal) = await offers.Prove(request.Offer, request.Code, hash, person.Email, null, cancel);
        if (proof is null) return refusal!;
        // Whoever deletes the row has used the link; a second one at the same time finds nothing to delete.
        if (await db.OneTimeLinks.Where(one => one.TokenHash == hash).ExecuteDeleteAsync(cancel) == 0)
            return LinkRefusals.NotValid;
        if (person.TakeCredentials(passwords.Hash(request.Password), proof.Secret) is { } already) return already;
        await attempts.UseOnce(id, proof.Step, cancel);
        await trail.OfAccount(nameof(AcceptInvitation), id,
            ["modified person passwordHash,totpSecret", "added recovery_code"], cancel);
        return new Accepted(id.Value, person.Email, await RecoveryCodes.Renew(id, db, cancel));
    }
}
