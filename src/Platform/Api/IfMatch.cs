using System.Globalization;
using System.Reflection;
using Iop.Kernel;
using Microsoft.AspNetCore.Http;

namespace Iop.Platform.Api;

/// <summary>The version the caller saw (header If-Match). Every change of an existing thing must say it; ask after the thing was
/// found and the role was checked: 404 and 403 come before 428 and 412.</summary>
/// <param name="Tag">The tag without quotes; null when the header is missing.</param>
public sealed record IfMatch(string? Tag)
{
    public static ValueTask<IfMatch?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var value = context.Request.Headers.IfMatch.ToString();
        return ValueTask.FromResult<IfMatch?>(new IfMatch(value.Length == 0 ? null : value.Trim('"')));
    }

    /// <summary>Null when the caller saw this version; else 428 (nothing said) or 412 (something else seen).</summary>
    public Refusal? Misses(object current)
    {
        if (Tag is null) return new Refusal("request.version-missing", RefusalKind.VersionMissing);
        return string.Equals(Tag, Convert.ToString(current, CultureInfo.InvariantCulture), StringComparison.Ordinal)
            ? null
            : new Refusal("request.stale", RefusalKind.Stale);
    }
}
