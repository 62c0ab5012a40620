using System.Security.Cryptography;
using System.Text;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Registry.Statistics;
using Iop.Registry.Storage;

namespace Iop.Registry.OpenData;

/// <summary>What everybody may read and nothing changes but a change in the register: with a tag of the register's state and the
/// day. Who asks again, and nothing has changed, hears only that (304), and nothing is searched or counted for it. Always asked
/// for anew, so that nobody reads yesterday's figures.</summary>
internal sealed class FollowsTheRegister(TimeProvider clock) : IEndpointFilter
{
    // A new edition of the service may say the same in other words.
    private static readonly string Edition = typeof(FollowsTheRegister).Assembly.ManifestModule.ModuleVersionId.ToString("N");

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        // Before anything is read: what is written meanwhile may be in the answer, and is asked for again under its own tag.
        var tag = await Tag(http);
        var result = Cached.IsKnown(http.Request, tag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : await next(context);
        if (result is not IAnswer { Refusal: not null }) Cached.Say(http, tag, "public, no-cache");
        return result;
    }

    private async Task<string> Tag(HttpContext http)
    {
        var db = http.RequestServices.GetRequiredService<RegistryDb>();
        var changes = await CountedFacts.Changes(db, http.RequestAborted);
        return Cached.TagOf(Encoding.UTF8.GetBytes(FormattableString.Invariant(
            $"{Edition} {changes} {clock.Today():O} {Texts.LanguageOf(http.Request)} {http.Request.Path}{http.Request.QueryString}")));
    }
}

internal static class FollowingTheRegister
{
    /// <summary>The answer is the same for everybody until the register changes, or the day.</summary>
    public static RouteHandlerBuilder FollowsTheRegister(this RouteHandlerBuilder operation) =>
        operation.AddEndpointFilter<FollowsTheRegister>();
}

/// <summary>Texts that are fetched again and again, and how it is said that they are the same as before.</summary>
internal static class Cached
{
    /// <summary>With a tag of its content, for a quarter of an hour.</summary>
    public static IResult Text(HttpContext http, string body, string type)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var tag = TagOf(bytes);
        Say(http, tag, "public, max-age=900");
        return IsKnown(http.Request, tag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Bytes(bytes, type);
    }

    public static string TagOf(ReadOnlySpan<byte> content) => $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"";

    public static void Say(HttpContext http, string tag, string how)
    {
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = how;
        http.Response.Headers.Vary = "Accept, Accept-Language";
    }

    /// <summary>One of those that the reader has; whoever packed it on the way may have called it weak.</summary>
    public static bool IsKnown(HttpRequest request, string tag) => request.GetTypedHeaders().IfNoneMatch
        .Any(known => known.Tag.Equals(tag, StringComparison.Ordinal) || known.Tag == "*");
}
