using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Iop.ServiceDefaults;

internal static class HealthAnswer
{
    /// <summary>Which check says what. No exception texts: the endpoint asks nobody who they are.</summary>
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var checks = report.Entries.Select(check => new { Name = check.Key, Status = $"{check.Value.Status}" });
        return context.Response.WriteAsJsonAsync(new { Status = $"{report.Status}", Checks = checks }, JsonSerializerOptions.Web);
    }
}
