using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Iop.Gateway.Sessions;

/// <summary>Sign-in (inloggning): the browser goes to Identity with a code challenge and comes back with a code, which becomes
/// a session.</summary>
internal static class SignInAtIdentity
{
    private const string Callback = "/session/callback";
    private const int ReturnUrlMax = 2_000;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/session/start", Start);
        app.MapGet(Callback, Finish);
    }

    private static IResult Start(string? returnUrl, HttpContext http, GatewaySettings settings, SignInTicket ticket)
    {
        var (state, nonce, verifier) = (Random(), Random(), Random());
        ticket.Write(http.Response, state, nonce, verifier, LocalOrHome(returnUrl));
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var parameters = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = "gateway",
            ["scope"] = "openid",
            ["redirect_uri"] = RedirectUri(settings),
            ["state"] = state,
            ["nonce"] = nonce,
            ["code_challenge"] = challenge,
            ["code_challenge_method"] = "S256",
        };
        return Results.Redirect($"/identity/v1/authorize{QueryString.Create(parameters)}");
    }

    private static async Task<IResult> Finish(
        string? code, string? state, HttpContext http, GatewaySettings settings, SignInTicket tickets, IdentityTokens identity,
        SessionTokens tokens, SessionCookie cookie, CancellationToken cancel)
    {
        var ticket = tickets.Take(http);
        var isOurs = ticket is not null && state is not null
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(ticket.State), Encoding.UTF8.GetBytes(state));
        if (!isOurs || string.IsNullOrEmpty(code)) return Results.Redirect("/logga-in?error=expired");
        var answer = await identity.ForCode(code, ticket!.Verifier, RedirectUri(settings), cancel);
        if (answer?.Session is not { } session || SessionTokens.Claim(answer.IdToken ?? "", "nonce") != ticket.Nonce)
            return Results.Redirect("/logga-in?error=expired");
        tokens.Keep(session, answer.AccessToken);
        // Always a new handle: one planted in the browser before sign-in is worth nothing afterwards.
        cookie.Write(http.Response, session);
        return Results.LocalRedirect(LocalOrHome(ticket.ReturnUrl));
    }

    private static string RedirectUri(GatewaySettings settings) => new Uri(settings.Public, Callback).ToString();

    /// <summary>Only addresses of ours; anything else leads home. Browsers read "//host" and "/\host" as another
    /// host.</summary>
    private static string LocalOrHome(string? url) =>
        url is { Length: > 0 and <= ReturnUrlMax } && url[0] == '/' && (url.Length == 1 || url[1] is not ('/' or '\\'))
            && !url.Any(char.IsControl) ? url : "/";

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
