using System.Diagnostics;
using System.Text.Json;
using Iop.Kernel;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Iop.Platform.Api;

/// <summary>Writes every "no" as problem details (RFC 9457): stable type and code, the sentence in the caller's language, never a
/// stack trace.</summary>
public sealed class Problems(Texts texts, ILogger<Problems> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested) return true;
        await Write(httpContext, RefusalFor(exception));
        return true;
    }

    public async Task Write(HttpContext http, Refusal refusal, int? statusInstead = null)
    {
        var language = Texts.LanguageOf(http.Request);
        var status = statusInstead ?? StatusOf(refusal.Kind);
        var problem = new ProblemDetails
        {
            Type = $"/problems/{refusal.Code}",
            Title = texts.Find(language, $"status.{status}") ?? "",
            Status = status,
            Detail = texts.Find(language, refusal.Code, refusal.Arguments) ?? refusal.Code,
            Instance = http.Request.Path,
        };
        problem.Extensions["code"] = refusal.Code;
        if (refusal.Arguments.Count > 0) problem.Extensions["arguments"] = refusal.Arguments;
        if (refusal.Arguments.TryGetValue("existingId", out var existing)) problem.Extensions["existingId"] = existing;
        if (refusal.Fields.Count > 0)
            problem.Extensions["errors"] = refusal.Fields.Select(error => Field(error, language)).ToList();
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        http.Response.StatusCode = status;
        http.Response.Headers.ContentLanguage = language;
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json");
    }

    private FieldProblem Field(Refusal.FieldError error, string language)
    {
        var limit = new Dictionary<string, string>(StringComparer.Ordinal) { ["limit"] = error.Limit ?? "" };
        return new(error.Field, error.Code, texts.Find(language, error.Code, limit) ?? error.Code);
    }

    private Refusal RefusalFor(Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return new Refusal("request.too-large", RefusalKind.Malformed);
            case BadHttpRequestException bad:
                return new Refusal("request.malformed", RefusalKind.Malformed).With("where",
                    bad.InnerException is JsonException json ? json.Path : "");
            case DbUpdateConcurrencyException:
                return new Refusal("request.stale", RefusalKind.Stale);
            case DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } }:
                return new Refusal("request.conflict");
            default:
                log.LogError(exception, "A request failed.");
                var isAway = exception is NpgsqlException { IsTransient: true }
                    or { InnerException: NpgsqlException { IsTransient: true } };
                return isAway
                    ? new Refusal("server.busy", RefusalKind.Unavailable) : new Refusal("server.error", RefusalKind.Fault);
        }
    }

    private static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Rule => StatusCodes.Status409Conflict,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Malformed => StatusCodes.Status400BadRequest,
        RefusalKind.Stale => StatusCodes.Status412PreconditionFailed,
        RefusalKind.VersionMissing => StatusCodes.Status428PreconditionRequired,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        RefusalKind.Fault => StatusCodes.Status500InternalServerError,
        _ => throw new UnreachableException(),
    };

    private sealed record FieldProblem(string Field, string Code, string Detail);
}
