using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Iop.ServiceDefaults;

/// <summary>Traces, metrics and logs over OTLP, only where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to.</summary>
internal static class Telemetry
{
    // What the frameworks tell by themselves: no instrumentation package stands between.
    private static readonly string[] Sources =
        ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "MassTransit", "Yarp.ReverseProxy", "Iop.*"];
    private static readonly string[] Meters = [.. Sources, "Microsoft.AspNetCore.*", "System.Runtime"];

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])) return;
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        var resource = ResourceBuilder.CreateDefault(); // knows OTEL_SERVICE_NAME
        builder.Logging.AddOpenTelemetry(logs => logs.SetResourceBuilder(resource).AddOtlpExporter());
        var (traces, metrics) = (Sdk.CreateTracerProviderBuilder(), Sdk.CreateMeterProviderBuilder());
        builder.Services.AddSingleton(_ => traces.SetResourceBuilder(resource).AddSource(Sources).AddOtlpExporter().Build());
        builder.Services.AddSingleton(_ => metrics.SetResourceBuilder(resource).AddMeter(Meters).AddOtlpExporter().Build());
        builder.Services.AddHostedService<Listening>();
    }

    /// <summary>Asks for both providers: they listen from when they are made, and send what is left when they end.</summary>
    private sealed class Listening(TracerProvider traces, MeterProvider metrics) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.FromResult((traces, metrics));
    }
}
