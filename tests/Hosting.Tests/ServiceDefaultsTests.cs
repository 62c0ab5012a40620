using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Reflection;
using Iop.LocalServers;
using Iop.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Iop.Hosting.Tests;

/// <summary>How every process behaves, seen from outside.</summary>
public sealed class ServiceDefaultsTests : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly int port = Ports.Free();
    private readonly HttpClient http = new();
    private OwnedProcess? service;

    [Fact]
    public async Task A_broker_that_is_away_takes_nobody_out_of_service()
    {
        await StartAsync(("BROKER_AWAY", "yes"));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/health/live"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/health/ready"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync("/health/dependencies"));
    }

    [Fact]
    public async Task Traces_metrics_and_logs_go_where_the_environment_says()
    {
        var collectorPort = Ports.Free();
        var received = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        await using var collector = await CollectorAsync(collectorPort, received);
        await StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{collectorPort}"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "500"), ("OTEL_BSP_SCHEDULE_DELAY", "500"), ("OTEL_BLRP_SCHEDULE_DELAY", "500"));

        await http.GetStringAsync(At("/process"), Token);

        await Eventually.Holds("all three have arrived", () => Task.FromResult(
            received.ContainsKey("/v1/traces") && received.ContainsKey("/v1/metrics") && received.ContainsKey("/v1/logs")));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (service is not null) await service.DisposeAsync();
    }

    private async Task StartAsync(params (string Name, string Value)[] environment)
    {
        var program = typeof(ServiceDefaultsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key is "EchoProgram").Value!;
        service = OwnedProcess.Start(new ProcessPlan("echo", "dotnet", program)
        {
            Environment = environment.Append(("ASPNETCORE_URLS", At("").ToString()))
                .ToDictionary(variable => variable.Item1, variable => (string?)variable.Item2, StringComparer.Ordinal),
        });
        await Eventually.Holds("it is live", async () => await StatusAsync("/health/live") is HttpStatusCode.OK);
    }

    private Uri At(string path) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}{path}"));

    private async Task<HttpStatusCode?> StatusAsync(string path)
    {
        try
        {
            using var answer = await http.GetAsync(At(path), Token);
            return answer.StatusCode;
        }
        catch (HttpRequestException) { return null; }
    }

    private static async Task<WebApplication> CollectorAsync(int port, ConcurrentDictionary<string, int> received)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var collector = builder.Build();
        collector.Run(context =>
        {
            received.AddOrUpdate(context.Request.Path.Value!, 1, (_, count) => count + 1);
            context.Response.StatusCode = StatusCodes.Status200OK;
            return Task.CompletedTask;
        });
        await collector.StartAsync(Token);
        return collector;
    }
}
