using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Iop.AppHost.Local;

/// <summary>Resources, state, endpoints and recent logs: <c>/</c> for people, <c>/status.json</c> for programs.</summary>
internal sealed class StatusPage : IAsyncDisposable
{
    private const int BytesPerMegabyte = 1_000_000;
    private const int ShownLines = 60;

    private const string Head = """
        <!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="5">
        <title>IOP: parts of the system</title>
        <style>
          body { font: 1rem/1.5 system-ui; margin: 2rem; max-width: 70rem }
          table { border-collapse: collapse; width: 100% }
          td, th { text-align: left; padding: .3rem .8rem; border-bottom: 1px solid #ccc }
          pre { overflow: auto; background: #f4f4f4; padding: 1rem }
        </style>
        <h1>Parts of the system</h1>
        """;

    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    private readonly WebApplication app;

    private StatusPage(WebApplication app) => this.app = app;

    public static async Task<StatusPage> StartAsync(int port, IReadOnlyList<RunningResource> resources, Func<TimeSpan> elapsed)
    {
        // Told nothing from outside: not the services' addresses, not their settings.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var page = builder.Build();
        page.Run(context => context.Request.Path.Value switch
        {
            "/" => context.Response.WriteAsync(Page(context, resources, elapsed())),
            "/status.json" => context.Response.WriteAsJsonAsync(resources.Select(Describe)),
            _ => Task.FromResult(context.Response.StatusCode = StatusCodes.Status404NotFound),
        });
        await page.StartAsync();
        return new(page);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static Row Describe(RunningResource resource) => new(
        resource.Name,
        resource.State.ToString(),
        [.. resource.Resource.Endpoints.Values.Select(endpoint => endpoint.Url)],
        resource.Process is { HasExited: false } process ? process.Id : null,
        resource.Process is { HasExited: false } running ? ProcessMemory.OfGroup(running.Id) / BytesPerMegabyte : 0,
        resource.Restarts);

    private static string Page(HttpContext context, IReadOnlyList<RunningResource> resources, TimeSpan elapsed)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        var rows = resources.Select(Describe).ToList();
        var html = new StringBuilder(Head);
        html.Append(Plain, $"<p>Started {elapsed.TotalSeconds:0} s ago. This page renews itself.</p><table><tr>");
        html.Append("<th>Part</th><th>State</th><th>Where</th><th>Process</th><th>Memory</th><th>Restarts</th>");
        foreach (var row in rows)
        {
            html.Append(Plain, $"<tr><td><a href=\"#{row.Name}\">{row.Name}</a><td>{row.State}<td>{Links(row.Endpoints)}");
            html.Append(Plain, $"<td>{row.ProcessId}<td>{row.Megabytes} MB<td>{row.Restarts}");
        }
        html.Append(Plain, $"<tr><th>In all<td><td><td><td>{rows.Sum(row => row.Megabytes)} MB<td></table>");
        html.Append("<h2>Recent output</h2>");
        foreach (var resource in resources)
        {
            var lines = WebUtility.HtmlEncode(string.Join('\n', resource.Log.Recent().TakeLast(ShownLines)));
            html.Append(Plain, $"<h3 id=\"{resource.Name}\">{resource.Name}</h3><pre>{lines}</pre>");
        }
        return html.ToString();
    }

    private static string Links(string[] endpoints) => string.Join(' ', endpoints.Select(
        url => url.StartsWith("http", StringComparison.Ordinal) ? $"<a href=\"{url}\">{url}</a>" : url));

    private sealed record Row(string Name, string State, string[] Endpoints, int? ProcessId, long Megabytes, int Restarts);
}
