using Iop.Gateway.Sessions;

namespace Iop.Gateway.Protection;

/// <summary>Refuses changes that another site lets a signed-in person's browser send (CSRF): the browser itself says where they
/// come from.</summary>
internal static class ForeignOrigin
{
    public static Task Refuse(HttpContext http, RequestDelegate next)
    {
        var services = http.RequestServices;
        var request = http.Request;
        var carriesCookie = services.GetRequiredService<SessionCookie>().Read(request) is not null;
        var isSafe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            || HttpMethods.IsOptions(request.Method);
        var isSignIn = request.Path.StartsWithSegments("/identity/v1/sign-in");
        if (isSafe || !(carriesCookie || isSignIn) || IsOurs(request, services.GetRequiredService<GatewaySettings>().Public))
            return next(http);
        return services.GetRequiredService<GatewayProblems>()
            .Write(http, StatusCodes.Status403Forbidden, "gateway.foreign-origin");
    }

    private static bool IsOurs(HttpRequest request, Uri ours)
    {
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin)
            return string.Equals(origin, ours.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
                || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        // Browsers that leave the origin out say at least what kind of site it was.
        return request.Headers["Sec-Fetch-Site"].ToString() is "same-origin" or "none";
    }
}
