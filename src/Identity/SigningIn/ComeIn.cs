using Iop.Identity.Domain;
using Iop.Identity.Sessions;
using Iop.Identity.Storage;
using Iop.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.SigningIn;

/// <summary>Whoever has shown who it is comes in: the client's request is used up, a new session begins, and the browser goes
/// back to the client with a code.</summary>
internal sealed class ComeIn(
    IdentityDb db, IHttpContextAccessor request, IConfiguration configuration, TimeProvider clock)
{
    private const int AgentMax = 200;
    private static readonly TimeSpan CodeLasts = TimeSpan.FromMinutes(1);

    /// <summary>Null when the request has been used or is too old.</summary>
    public async Task<IResult?> As(
        PersonId person, Membership acting, string asking, ProviderId? provider, CancellationToken cancel)
    {
        var (hash, now) = (Random256.HashOf(asking), clock.GetUtcNow());
        var asked = await db.SignInRequests.AsNoTracking()
            .FirstOrDefaultAsync(one => one.RequestHash == hash && one.ExpiresAt > now, cancel);
        if (asked is null || await db.SignInRequests.Where(one => one.RequestHash == hash).ExecuteDeleteAsync(cancel) == 0)
            return null;
        var session = Session.Begin(person, acting, asked.ClientId, provider, Agent(), now);
        db.Sessions.Add(session);
        await db.SaveChangesAsync(cancel);
        await Acting.Seen(db, acting, clock.Today(), cancel);
        var given = Random256.NewText();
        db.AuthorizationCodes.Add(new AuthorizationCode
        {
            CodeHash = Random256.HashOf(given), ClientId = asked.ClientId, RedirectUri = asked.RedirectUri, Nonce = asked.Nonce,
            CodeChallenge = asked.CodeChallenge, SessionId = session.SessionId, ExpiresAt = now + CodeLasts,
        });
        await db.SaveChangesAsync(cancel);
        return new SeeOther(Authorize.With(
            asked.RedirectUri, ("code", given), ("state", asked.State), ("iss", Issuer.Of(configuration))));
    }

    private string? Agent()
    {
        var said = request.HttpContext?.Request.Headers.UserAgent.ToString() ?? "";
        var shown = new string([.. said.Where(letter => !char.IsControl(letter)).Take(AgentMax)]);
        return shown.Length > 0 ? shown : null;
    }
}
