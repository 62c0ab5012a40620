using Iop.Platform.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Printing;

/// <summary>A page as an answer in PDF. Printed when the answer is written, after the transaction: no connection waits for
/// Chromium.</summary>
public sealed class PrintedPage(string page, string fileName, ChromiumPrinter printer) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (pdf, refusal) = await printer.Print(page, httpContext.RequestAborted);
        if (refusal is not null)
        {
            await httpContext.RequestServices.GetRequiredService<Problems>().Write(httpContext, refusal);
            return;
        }
        httpContext.Response.Headers.CacheControl = "private, no-cache";
        await TypedResults.Bytes(pdf, "application/pdf", fileName).ExecuteAsync(httpContext);
    }
}
