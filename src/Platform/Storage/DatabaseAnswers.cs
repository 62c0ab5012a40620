using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Iop.Platform.Storage;

/// <summary>Ready means: the service's own database answers. The broker is not asked: without it people still work, messages
/// wait.</summary>
internal sealed class DatabaseAnswers(Logins logins) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var ping = logins.App.CreateCommand("SELECT 1");
            await ping.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (NpgsqlException away)
        {
            return HealthCheckResult.Unhealthy(away.Message);
        }
    }
}
