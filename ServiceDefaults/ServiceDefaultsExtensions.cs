using Iop.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

// Here, so that every Program.cs sees it without a using line; the same place as in Aspire's own template.
namespace Microsoft.Extensions.Hosting;

/// <summary>How every process of the system behaves: <c>builder.AddServiceDefaults(); … app.MapDefaultEndpoints();</c></summary>
public static class ServiceDefaultsExtensions
{
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        if (builder.Environment.IsDevelopment())
        {
            builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
        }
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning)
            .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning).AddFilter("Yarp", LogLevel.Warning);
        builder.AddTelemetry();
        builder.Services.AddHealthChecks();
        builder.Services.AddTransient<ServiceDiscovery>();
        builder.Services.AddTransient<Resilience>();
        builder.Services.ConfigureHttpClientDefaults(http => http
            .ConfigureHttpClient(client => client.Timeout = Resilience.RequestPatience)
            .AddHttpMessageHandler<Resilience>()
            .AddHttpMessageHandler<ServiceDiscovery>());
        return builder;
    }

    /// <summary>
    /// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its job. <c>/health/dependencies</c>:
    /// everything, the broker too, whose absence delays messages but must take nobody out of service.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        Map("/health/live", _ => false);
        Map("/health/ready", check => check.Tags.Contains("ready") && !check.Tags.Contains("masstransit")); // which has both
        Map("/health/dependencies", _ => true);
        return app;

        void Map(string path, Func<HealthCheckRegistration, bool> which) => app
            .MapHealthChecks(path, new() { Predicate = which, ResponseWriter = HealthAnswer.WriteAsync })
            .AllowAnonymous().DisableHttpMetrics().DisableRateLimiting();
    }
}
