using System.Net;
using System.Net.Sockets;
using System.Text;
using Iop.Identity.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Iop.Gateway.Tests;

/// <summary>Files on their way in and out, over real connections: what a test without a network cannot show.</summary>
[Collection(nameof(IdentityWorld))]
public sealed class LargeBodyTests(IdentityWorld identity) : IAsyncLifetime
{
    private const string Disposition = "attachment; filename=\"_verenskommelse.pdf\"; filename*=UTF-8''%C3%96verenskommelse.pdf";
    private const int Megabyte = 1024 * 1024;
    private const string Nobody = "00000000-0000-0000-0000-000000000000";

    private readonly TaskCompletionSource<(long Read, bool CutOff)> _reached =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WebApplication _service = null!;
    private GatewayHost _gateway = null!;
    private Uri _address = null!;

    [Theory]
    // where                                                 megabytes that are let through
    [InlineData($"/agreements/v1/agreements/{Nobody}/attachments", 11)]
    [InlineData("/agreements/v1/partnerships", 2)]
    public async Task Who_never_says_how_much_is_coming_is_stopped_at_the_limit(string path, int limit)
    {
        const int Wish = 1024;
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _address.Port);
        await using var wire = client.GetStream();
        await wire.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/pdf\r\nTransfer-Encoding: chunked\r\n\r\n"));
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var sending = Send(wire, Wish);
        var answer = await Read(wire);
        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Contains("gateway.too-large", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.OrdinalIgnoreCase);
        // A gigabyte was on its way; the most of it never left the sender, and none of it lies about here.
        Assert.InRange(await sending, limit, limit + 16);
        Assert.InRange((GC.GetTotalAllocatedBytes(precise: true) - before) / Megabyte, 0, 64);
        var (read, cutOff) = await _reached.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(cutOff, "The service took it for the whole file.");
        Assert.InRange(read, 1, limit * (long)Megabyte);
        // Nobody else suffers for it: the service is still asked.
        using var others = new HttpClient { BaseAddress = _address };
        Assert.Equal(HttpStatusCode.OK, (await others.GetAsync("/agreements/v1/files/avtal.pdf")).StatusCode);
    }

    [Fact]
    public async Task A_file_comes_out_as_the_service_gave_it()
    {
        using var client = new HttpClient { BaseAddress = _address };
        var answer = await client.GetAsync("/agreements/v1/files/avtal.pdf");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(Disposition, answer.Content.Headers.GetValues("Content-Disposition").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("sandbox; default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("\"abc\"", answer.Headers.ETag!.Tag);
        Assert.Equal(File, await answer.Content.ReadAsByteArrayAsync());
    }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        _service = builder.Build();
        _service.MapGet("/health/live", () => Results.Ok());
        _service.MapGet("/agreements/v1/files/avtal.pdf", Give);
        _service.MapPost("/agreements/v1/{**rest}", Take);
        await _service.StartAsync();
        _gateway = new GatewayHost(identity, ("services:agreements:http:0", _service.Urls.Single()));
        _gateway.UseKestrel(0);
        _gateway.StartServer();
        _address = new Uri(_gateway.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .First().Replace("[::]", "localhost", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _service.DisposeAsync();
    }

    private static byte[] File { get; } = [.. Enumerable.Range(0, 3 * Megabyte).Select(at => (byte)(at * 31))];

    private static async Task Give(HttpContext http)
    {
        http.Response.ContentType = "application/pdf";
        http.Response.Headers.ContentDisposition = Disposition;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        http.Response.Headers.ETag = "\"abc\"";
        await http.Response.Body.WriteAsync(File);
    }

    /// <summary>Reads what comes, counts it and keeps nothing, until it ends or is cut off.</summary>
    private async Task Take(HttpContext http)
    {
        var (buffer, read) = (new byte[64 * 1024], 0L);
        try
        {
            for (int some; (some = await http.Request.Body.ReadAsync(buffer)) > 0;) read += some;
            _reached.TrySetResult((read, false));
        }
        catch (Exception cut) when (cut is IOException or BadHttpRequestException or OperationCanceledException)
        {
            _reached.TrySetResult((read, true));
        }
    }

    /// <summary>Chunk after chunk of a megabyte, until all is sent or nobody takes any more. How many were taken.</summary>
    private static async Task<int> Send(NetworkStream wire, int megabytes)
    {
        byte[] chunk = [.. Encoding.ASCII.GetBytes($"{Megabyte:x}\r\n"), .. new byte[Megabyte], .. "\r\n"u8];
        for (var sent = 0; sent < megabytes; sent++)
        {
            try
            {
                await wire.WriteAsync(chunk);
            }
            catch (IOException)
            {
                return sent;
            }
        }
        return megabytes;
    }

    private static async Task<string> Read(NetworkStream wire)
    {
        var (answer, buffer) = (new StringBuilder(), new byte[4096]);
        try
        {
            for (int some; (some = await wire.ReadAsync(buffer)) > 0;) answer.Append(Encoding.UTF8.GetString(buffer, 0, some));
        }
        catch (IOException)
        {
            // Reset because we went on sending: what was said before has arrived.
        }
        return answer.ToString();
    }
}
