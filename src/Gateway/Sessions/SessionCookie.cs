namespace Iop.Gateway.Sessions;

/// <summary>The cookie that holds a random session handle and nothing else. HttpOnly, SameSite=Lax, ends with the
/// browser.</summary>
internal sealed class SessionCookie(GatewaySettings settings)
{
    private const int HandleLengthMax = 200;

    public string Name { get; } = settings.IsHttps ? "__Host-iop-session" : "iop-session";

    public string? Read(HttpRequest request) =>
        request.Cookies[Name] is { Length: > 0 and <= HandleLengthMax } handle ? handle : null;

    public void Write(HttpResponse response, string handle) => response.Cookies.Append(Name, handle, Options());

    public void Remove(HttpResponse response) => response.Cookies.Delete(Name, Options());

    private CookieOptions Options() =>
        new() { HttpOnly = true, Secure = settings.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
}
