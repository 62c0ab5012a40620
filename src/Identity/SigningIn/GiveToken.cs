using System.Security.Cryptography;
using System.Text;
using Iop.Identity.Sessions;
using Iop.Identity.Storage;
using Iop.Identity.Systems;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;

namespace Iop.Identity.SigningIn;

/// <summary>The token endpoint (RFC 6749): a code, a system's assertion or the gateway's session in exchange for a token of
/// five minutes. Its answers, also its refusals, have the form that the standard gives.</summary>
internal static class GiveToken
{
    public const string CodeGrant = "authorization_code";
    public const string SystemGrant = "client_credentials";
    public const string SessionGrant = "urn:iop:params:oauth:grant-type:session";

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/token", Handle).AllowAnonymous().ExcludeFromDescription();

    internal static async Task<IResult> Handle(
        HttpContext http, IdentityDb db, Clients clients, Tokens tokens, SystemAssertion assertion, TimeProvider clock,
        CancellationToken cancel)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!http.Request.HasFormContentType) return No("invalid_request");
        var form = await http.Request.ReadFormAsync(cancel);
        var grant = form["grant_type"].ToString();
        if (grant == SystemGrant)
        {
            if (await assertion.Prove(
                form["client_assertion_type"].ToString(), form["client_assertion"].ToString(), cancel) is not { } system)
                return No("invalid_client");
            // Fewer roles for a task that needs no more (RFC 6749, scope); never others.
            var asked = form["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (asked.Except(system.Roles, StringComparer.Ordinal).Any()) return No("invalid_scope");
            var roles = asked.Length == 0 ? system.Roles : [.. asked.Distinct(StringComparer.Ordinal)];
            return Yes(new { access_token = await tokens.For(system, roles, cancel), token_type = "Bearer",
                expires_in = (int)Tokens.Lifetime.TotalSeconds, scope = string.Join(' ', roles) });
        }
        var client = form["client_id"].ToString();
        if (!clients.Proves(client, form["client_secret"].ToString())) return No("invalid_client");
        return (grant, client) switch
        {
            (CodeGrant, _) => await ForCode(form, client, db, tokens, clock, cancel),
            (SessionGrant, Clients.Gateway) => await ForSession(form["session"].ToString(), db, tokens, clock, cancel),
            (SessionGrant, _) => No("unauthorized_client"),
            _ => No("unsupported_grant_type"),
        };
    }

    private static async Task<IResult> ForCode(
        IFormCollection form, string client, IdentityDb db, Tokens tokens, TimeProvider clock, CancellationToken cancel)
    {
        var (hash, now) = (Random256.HashOf(form["code"].ToString()), clock.GetUtcNow());
        var code = await db.AuthorizationCodes.AsNoTracking().FirstOrDefaultAsync(one => one.CodeHash == hash, cancel);
        if (code is null || code.ClientId != client) return No("invalid_grant");
        var session = await db.Sessions.SingleAsync(one => one.SessionId == code.SessionId, cancel);
        var isFirst = await db.AuthorizationCodes.Where(one => one.CodeHash == hash && one.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.UsedAt, now), cancel) == 1;
        var isRight = isFirst && code.ExpiresAt > now && code.RedirectUri == form["redirect_uri"]
            && Answers(code.CodeChallenge, form["code_verifier"].ToString());
        if (!isRight || !session.IsAlive(now) || await Acting.In(db, session, cancel) is not { } acting)
        {
            // A code that comes twice, or with the wrong proof, has been stolen: what was given for it ends too.
            session.End(now);
            await db.SaveChangesAsync(cancel);
            return No("invalid_grant");
        }
        string? key = null;
        if (client == Clients.Gateway) session.GetsKey(Random256.HashOf(key = Random256.NewText()));
        await db.SaveChangesAsync(cancel);
        return Yes(new
        {
            access_token = await tokens.For(session, acting, cancel),
            id_token = await tokens.IdToken(session, client, code.Nonce, cancel),
            token_type = "Bearer",
            expires_in = (int)Tokens.Lifetime.TotalSeconds,
            session = key,
        });
    }

    private static async Task<IResult> ForSession(
        string key, IdentityDb db, Tokens tokens, TimeProvider clock, CancellationToken cancel)
    {
        var (hash, now) = (Random256.HashOf(key), clock.GetUtcNow());
        var session = await db.Sessions.FirstOrDefaultAsync(one => one.KeyHash == hash, cancel);
        if (session is null || !session.IsAlive(now)) return No("invalid_grant");
        if (await Acting.In(db, session, cancel) is not { } acting)
        {
            session.End(now); // the roles were taken away: whoever has others signs in again and sees for whom
            await db.SaveChangesAsync(cancel);
            return No("invalid_grant");
        }
        session.WasUsed(now);
        await db.SaveChangesAsync(cancel);
        return Yes(new { access_token = await tokens.For(session, acting, cancel), token_type = "Bearer",
            expires_in = (int)Tokens.Lifetime.TotalSeconds });
    }

    /// <summary>PKCE (RFC 7636), S256.</summary>
    private static bool Answers(string challenge, string verifier) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(challenge),
        Encoding.ASCII.GetBytes(Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))));

    private static IResult Yes<T>(T answer) => Results.Json(answer);

    private static IResult No(string error) => Results.Json(
        new { error }, statusCode: error == "invalid_client" ? StatusCodes.Status401Unauthorized
            : StatusCodes.Status400BadRequest);
}
