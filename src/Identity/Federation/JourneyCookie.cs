using Iop.Identity.SigningIn;

namespace Iop.Identity.Federation;

/// <summary>Tells that whoever comes back from a provider is whoever went there: a secret of this browser, for the time of a
/// journey.</summary>
internal sealed class JourneyCookie(IConfiguration configuration)
{
    private const string Path = "/identity/v1/sign-in";
    private const int LengthMax = 100;
    private readonly bool _isHttps = Issuer.Of(configuration).StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    private string Name => _isHttps ? "__Secure-iop-journey" : "iop-journey";

    public string? Read(HttpRequest request) =>
        request.Cookies[Name] is { Length: > 0 and <= LengthMax } secret ? secret : null;

    /// <summary>Another journey of the same browser keeps its secret: both come back.</summary>
    public string Give(HttpContext http)
    {
        var secret = Read(http.Request) ?? Random256.NewText();
        http.Response.Cookies.Append(Name, secret, new CookieOptions
        {
            HttpOnly = true, Secure = _isHttps, SameSite = SameSiteMode.Lax, Path = Path, MaxAge = Journey.Lasts,
            IsEssential = true,
        });
        return secret;
    }
}
