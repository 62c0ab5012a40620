using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Iop.Gateway.Routing;

/// <summary>The whole system is ready when every service is, and when a first start's demo data is in.</summary>
internal sealed class SystemIsReady(IHttpClientFactory clients, IConfiguration configuration) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var answers = await Task.WhenAll(
            Routes.Services.Select(async service => (Service: service, IsReady: await IsReady(service, cancellationToken))));
        var missing = answers.Where(answer => !answer.IsReady).Select(answer => answer.Service).ToList();
        if (configuration["Demo:DoneFile"] is { Length: > 0 } done && !File.Exists(done)) missing.Add("demo-data");
        return missing.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(string.Join(", ", missing));
    }

    private async Task<bool> IsReady(string service, CancellationToken cancel)
    {
        if (configuration[$"services:{service}:http:0"] is not { } address) return false;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            using var http = clients.CreateClient(nameof(SystemIsReady));
            using var answer = await http.GetAsync(new Uri(new Uri(address), "/health/ready"), patience.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception away) when (away is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
