using Iop.Identity.Domain;
using Iop.Identity.People;
using Iop.Identity.Recovery;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.OwnData;

/// <summary>Whoever opens the link that was mailed to the new address has it (bekräftar adressen): now it counts, and the old
/// one is told. Links that were mailed to the old one die.</summary>
internal static class ConfirmAddress
{
    public sealed record Confirmed(string Email);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/address-changes/{token}", Handle).WithName(nameof(ConfirmAddress)).AllowAnonymous();

    internal static async Task<Answer<Confirmed>> Handle(
        string token, IdentityDb db, AccountTrail trail, TimeProvider clock, CancellationToken cancel)
    {
        var (hash, now) = (Random256.HashOf(token), clock.GetUtcNow());
        var link = await db.OneTimeLinks.AsNoTracking().FirstOrDefaultAsync(
            one => one.TokenHash == hash && one.Purpose == AccountLinks.Address && one.ExpiresAt > now, cancel);
        if (link is not { PersonId: { } id, Email: { } email }) return LinkRefusals.NotValid;
        // Whoever deletes the row has used the link; a second one at the same time finds nothing to delete.
        if (await db.OneTimeLinks.Where(one => one.TokenHash == hash).ExecuteDeleteAsync(cancel) == 0)
            return LinkRefusals.NotValid;
        await db.OneClaimantAtATime(email, cancel);
        if (await db.People.AnyAsync(one => one.Email == email && one.PersonId != id, cancel))
            return PersonRefusals.EmailNotPossible; // somebody has come by it meanwhile
        var person = (await db.PersonForUpdate(id.Value, cancel))!;
        var old = person.Email;
        person.MoveTo(email);
        await db.OneTimeLinks.Where(one => one.PersonId == id).ExecuteDeleteAsync(cancel);
        await CorrectOwnData.Retell(person, db, cancel);
        AccountLinks.Tell(db, person, AccountLinks.AddressChanged, now, old);
        await db.SaveChangesAsync(cancel);
        await trail.OfAccount(nameof(ConfirmAddress), id, ["modified person email"], cancel);
        return new Confirmed(email);
    }
}
