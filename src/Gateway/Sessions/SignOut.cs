namespace Iop.Gateway.Sessions;

/// <summary>Sign-out (utloggning): the cookie goes, the token is forgotten here, and the session ends at Identity. If Identity is
/// away the first two count all the same; the session then ends by itself.</summary>
internal static class SignOut
{
    private const string Address = "/session/end";

    public static bool IsAskedFor(HttpRequest request) => request.Path == Address;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost(Address, Handle);

    private static async Task<IResult> Handle(HttpContext http, SessionCookie cookie, SessionTokens tokens,
        IdentityTokens identity, ILogger<SessionCookie> log, CancellationToken cancel)
    {
        Guid? provider = null;
        if (cookie.Read(http.Request) is { } session)
        {
            cookie.Remove(http.Response);
            try
            {
                if (await tokens.For(session, cancel) is { } token) provider = await identity.EndSession(token, cancel);
            }
            catch (Exception away) when (away is HttpRequestException
                || (away is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                log.LogWarning("Somebody signed out while Identity was away: {Reason}", away.Message);
            }
            tokens.End(session);
        }
        http.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return Results.LocalRedirect(provider is { } id ? $"/utloggad?leverantor={id}" : "/");
    }
}
