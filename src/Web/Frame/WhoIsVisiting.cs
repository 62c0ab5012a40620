using Iop.Web.Gateway;
using Iop.Web.Texts;

namespace Iop.Web.Frame;

/// <summary>Settles language and person before any page is made. <c>?lang=</c> is remembered and taken out of the
/// address.</summary>
internal sealed class WhoIsVisiting(RequestDelegate next)
{
    private const string LanguageCookie = "iop-lang";

    public async Task InvokeAsync(HttpContext context, Visitor visitor, Sessions sessions)
    {
        var request = context.Request;
        if (request.Query["lang"].ToString() is { Length: > 0 } wished && Language.All.Contains(wished, StringComparer.Ordinal))
        {
            context.Response.Cookies.Append(LanguageCookie, wished, new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true,
                Secure = request.IsHttps,
            });
            visitor.Language = wished;
            if (HttpMethods.IsGet(request.Method))
            {
                context.Response.Redirect(AddressWithoutLanguage(request));
                return;
            }
        }
        else
        {
            visitor.Language = request.Cookies[LanguageCookie] is { } kept && Language.All.Contains(kept, StringComparer.Ordinal)
                ? kept
                : Language.FromHeader(request.Headers.AcceptLanguage);
        }

        visitor.Here = HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString : request.Path.ToString();
        visitor.Done = request.Query["klart"].ToString() is { Length: > 0 } done ? done : null;
        context.Response.Headers.ContentLanguage = visitor.Language;
        context.Response.Headers.CacheControl = "no-store";
        if (IsPage(request.Path)) await sessions.Recognise(visitor, context.RequestAborted);
        await next(context);
    }

    private static bool IsPage(PathString path) =>
        !path.StartsWithSegments("/health", StringComparison.Ordinal) && !Path.HasExtension(path);

    private static string AddressWithoutLanguage(HttpRequest request)
    {
        var rest = request.Query.Where(pair => pair.Key != "lang")
            .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value));
        // One slash: with two the rest would be the name of another site.
        return "/" + request.Path.ToString().TrimStart('/') + QueryString.Create(rest);
    }
}
