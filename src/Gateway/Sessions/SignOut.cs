namespace Iop.Gateway.Sessions;

/// <summary>Sign-out (utloggning): the session ends at Identity, its token is forgotten here, the cookie goes.</summary>
internal static class SignOut
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/session/end", Handle);

    private static async Task<IResult> Handle(
        HttpContext http, SessionCookie cookie, SessionTokens tokens, IdentityTokens identity, CancellationToken cancel)
    {
        Guid? provider = null;
        if (cookie.Read(http.Request) is { } session)
        {
            if (await tokens.For(session, cancel) is { } token)
            {
                provider = await identity.EndSession(token, cancel);
                tokens.Forget($"Bearer {token}");
            }
            cookie.Remove(http.Response);
        }
        http.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return Results.LocalRedirect(provider is { } id ? $"/utloggad?leverantor={id}" : "/");
    }
}
