namespace Iop.Gateway.Sessions;

internal static class SessionServices
{
    private static readonly TimeSpan IdentityTimeout = TimeSpan.FromSeconds(10);

    public static void AddSessions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<GatewaySettings>();
        builder.Services.AddSingleton<SessionCookie>();
        builder.Services.AddSingleton<SignInTicket>();
        builder.Services.AddSingleton<SessionTokens>();
        builder.Services.AddHttpClient<IdentityTokens>((services, http) =>
        {
            http.BaseAddress = services.GetRequiredService<GatewaySettings>().Identity;
            http.Timeout = IdentityTimeout;
        });
    }

    /// <summary>A session cookie is swapped for its token here, once for all that follows. A session that is over loses its
    /// cookie.</summary>
    public static void UseSessions(this WebApplication app)
    {
        var (cookie, tokens) = (
            app.Services.GetRequiredService<SessionCookie>(), app.Services.GetRequiredService<SessionTokens>());
        app.Use(async (http, next) =>
        {
            if (!SignOut.IsAskedFor(http.Request) && cookie.Read(http.Request) is { } session)
            {
                if (await tokens.For(session, http.RequestAborted) is { } token)
                {
                    http.Request.Headers.Authorization = $"Bearer {token}";
                }
                else
                {
                    cookie.Remove(http.Response);
                    http.Request.Headers.Authorization = default;
                }
            }
            await next(http);
            var bearer = http.Request.Headers.Authorization.ToString();
            if (ChangesTheSession(http) && MayHaveHappened(http)) tokens.Forget(bearer);
            // A refused token is not worth keeping either: its keys may have gone, or the clock moved.
            if (http.Response.StatusCode == StatusCodes.Status401Unauthorized) tokens.ForgetRefused(bearer);
            if (EndsOthers(http)) tokens.ForgetPerson(http.Request.Headers.Authorization.ToString());
        });
    }

    // Signed out on another device, or everywhere, or another password: what was ended must not live on here.
    private static bool EndsOthers(HttpContext http) => ChangesTheSession(http)
        && http.Response.StatusCode < StatusCodes.Status300MultipleChoices
        && (http.Request.Path.StartsWithSegments("/identity/v1/session/devices")
            || http.Request.Path.StartsWithSegments("/identity/v1/session/password"));

    // Identity has taken the bearer as genuine, or was interrupted: nobody makes us look through all sessions with one made up.
    private static bool MayHaveHappened(HttpContext http) =>
        http.Response.StatusCode is < StatusCodes.Status300MultipleChoices or >= StatusCodes.Status500InternalServerError;

    // Acting for another organisation, or signed out: the next request must get a new token.
    private static bool ChangesTheSession(HttpContext http) =>
        !HttpMethods.IsGet(http.Request.Method) && http.Request.Path.StartsWithSegments("/identity/v1/session");
}
