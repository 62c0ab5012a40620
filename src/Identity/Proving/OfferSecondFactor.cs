using System.Security.Cryptography;
using Iop.Identity.Domain;
using Iop.Identity.People;
using Iop.Identity.Recovery;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Proving;

/// <summary>Whoever holds a link sees a secret for an authenticator app. Nothing is kept and nothing used up: the secret counts
/// when a code of it comes back, and until then the same link may be opened again, for the same secret or another.</summary>
internal static class OfferSecondFactor
{
    /// <param name="Email">What the app is to call the account; unknown for the first operator.</param>
    /// <param name="TotpSecret">For the app (base32).</param>
    /// <param name="Offer">The same secret, closed: goes back together with a code.</param>
    public sealed record Offered(string? Email, string TotpSecret, string Offer);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/one-time-links/{token}", Handle).WithName(nameof(OfferSecondFactor)).AllowAnonymous();

    internal static async Task<Answer<Offered>> Handle(
        string token, string? offer, HttpContext http, IdentityDb db, OfferedSecrets offers, TimeProvider clock,
        CancellationToken cancel)
    {
        var (hash, now) = (Random256.HashOf(token), clock.GetUtcNow());
        var link = await db.OneTimeLinks.AsNoTracking().FirstOrDefaultAsync(one => one.TokenHash == hash && one.ExpiresAt > now
            && (one.Purpose == OneTimeLink.Invitation || one.Purpose == OneTimeLink.Operator
                || one.Purpose == AccountLinks.SecondFactor), cancel);
        if (link is null) return LinkRefusals.NotValid;
        var email = await db.People.Where(one => one.PersonId == link.PersonId).Select(one => one.Email)
            .FirstOrDefaultAsync(cancel);
        http.Response.Headers.CacheControl = "no-store";
        var secret = (offer is null ? null : offers.Open(offer, hash)) ?? OneTimeCode.NewSecret();
        return new Offered(email, OneTimeCode.Readable(secret), offers.Close(secret, hash));
    }
}

/// <summary>Secrets of authenticator apps on their way: the page carries them, closed, so that what one holder of a link has
/// seen is worth nothing when another proves hers. Each belongs to its link and ends with it.</summary>
internal sealed class OfferedSecrets(SecretBox box, Attempts attempts, Logins logins, TimeProvider clock)
{
    private const string Place = "link";
    private const int OfferMax = 200;
    private const int CodeMax = 20;

    public string Close(byte[] secret, byte[] link) => WebEncoders.Base64UrlEncode(box.Close(secret, link));

    /// <summary>Null when it was made for another link, or never.</summary>
    public byte[]? Open(string offer, byte[] link)
    {
        if (offer.Length > OfferMax) return null;
        try
        {
            return box.Open(WebEncoders.Base64UrlDecode(offer), link);
        }
        catch (Exception notOurs) when (notOurs is FormatException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Opens what was offered, when the code is one of it now. A wrong one costs a guess; password and code are one
    /// guess together.</summary>
    /// <param name="offer">As it was offered.</param>
    /// <param name="code">What the app shows.</param>
    /// <param name="link">The link's hash.</param>
    /// <param name="email">Whose guess it is.</param>
    /// <param name="first">What must be right before the code is looked at.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<(Proof? Proof, Refusal? Refusal)> Prove(
        string offer, string code, byte[] link, string email, Func<Refusal?>? first, CancellationToken cancel)
    {
        if (new Fields().Text("code", code, CodeMax).Refusal is { } malformed) return (null, malformed);
        if (Open(offer, link) is not { } secret) return (null, LinkRefusals.OtherOffer);
        var by = new Attempts.By(email, Place);
        if (!await attempts.MayGuessBeside(by, logins, cancel)) return (null, PersonRefusals.MustWait);
        if (first?.Invoke() is { } no) return (null, no);
        if (OneTimeCode.Matching(secret, code, clock.GetUtcNow()) is not { } step)
            return (null, new Fields().Must("code", false, "code.wrong").Refusal);
        await Attempts.ForgetBeside(by, logins, cancel);
        return (new Proof(box.Close(secret), step), null);
    }

    /// <param name="Secret">Encrypted, as it is kept.</param>
    /// <param name="Step">The code's; it is used up.</param>
    internal sealed record Proof(byte[] Secret, long Step);
}
