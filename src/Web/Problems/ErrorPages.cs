using Iop.Web.Frame;
using Iop.Web.Gateway;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Iop.Web.Problems;

/// <summary>Pages for when there is nothing to show: what happened, what is kept, what to do.</summary>
internal static class ErrorPages
{
    public static RazorComponentResult NotFound() => Of(404);

    /// <summary>Why the gateway gave us nothing, as a page; signed out leads to signing in and back.</summary>
    public static IResult AsPage(this Problem problem, Visitor visitor) => problem.IsSignedOut
        ? Results.Redirect("/session/start?returnUrl=" + Uri.EscapeDataString(visitor.Here))
        : Page.Of<ErrorPage>(new { problem.Status, Problem = problem }, problem.Status);

    /// <summary>An exception nobody foresaw. Nothing of it is shown but the trace's number.</summary>
    public static Task WhenSomethingBroke(HttpContext context) => Of(500).ExecuteAsync(context);

    /// <summary>An address that leads nowhere.</summary>
    public static Task WhenNothingWasWritten(StatusCodeContext context)
    {
        var http = context.HttpContext;
        return http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) || Path.HasExtension(http.Request.Path)
            ? Task.CompletedTask
            : Of(http.Response.StatusCode).ExecuteAsync(http);
    }

    private static RazorComponentResult Of(int status) => Page.Of<ErrorPage>(new { Status = status }, status);
}
