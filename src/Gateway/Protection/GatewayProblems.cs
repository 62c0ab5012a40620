using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace Iop.Gateway.Protection;

/// <summary>The gateway's own refusals as problem details, in Swedish or English.</summary>
internal sealed class GatewayProblems
{
    private readonly Dictionary<string, Dictionary<string, string>> _texts =
        new[] { "sv", "en" }.ToDictionary(language => language, Read, StringComparer.Ordinal);

    /// <summary>For an answer that has a status and no words.</summary>
    public Task Write(HttpContext http) => Write(http, http.Response.StatusCode, http.Response.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => "gateway.too-large",
        StatusCodes.Status404NotFound => "gateway.not-found",
        StatusCodes.Status504GatewayTimeout => "gateway.slow",
        >= 500 => "gateway.away",
        _ => "gateway.malformed",
    });

    public Task Write(HttpContext http, int status, string code)
    {
        var language = http.Request.Headers.AcceptLanguage.ToString().TrimStart()
            .StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "sv";
        var texts = _texts[language];
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentLanguage = language;
        var problem = new ProblemDetails
        {
            Type = $"/problems/{code}",
            Title = texts[$"{code}.title"],
            Status = status,
            Detail = texts[code],
            Instance = http.Request.Path,
            Extensions = { ["code"] = code, ["traceId"] = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier },
        };
        return http.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json");
    }

    private static Dictionary<string, string> Read(string language)
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var stream = assembly.GetManifestResourceStream($"{assembly.GetName().Name}.Texts.{language}.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }
}
