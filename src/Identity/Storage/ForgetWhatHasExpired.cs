using Iop.Identity.Domain;
using Iop.Platform.Storage;
using Npgsql;

namespace Iop.Identity.Storage;

/// <summary>Hourly: what can no longer be used is deleted, and ended sessions after a month.</summary>
internal sealed class ForgetWhatHasExpired(Logins logins, TimeProvider clock, ILogger<ForgetWhatHasExpired> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan UsedCodesAreKept = TimeSpan.FromHours(1);
    private static readonly TimeSpan SessionsAreKept = TimeSpan.FromDays(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Every);
        while (await tick.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Once(stoppingToken);
            }
            catch (NpgsqlException trouble)
            {
                log.LogWarning("Forgetting was interrupted; it goes on in an hour: {Reason}", trouble.Message);
            }
        }
    }

    internal async Task Once(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await Delete("DELETE FROM one_time_link WHERE expires_at < $1", now, cancel);
        await Delete("DELETE FROM sign_in_request WHERE expires_at < $1", now, cancel);
        await Delete("DELETE FROM known_device WHERE seen_at < $1", now - Proving.KnownDevices.KnownFor, cancel);
        await Delete("DELETE FROM password_wish WHERE asked_at < $1", now - UsedCodesAreKept, cancel);
        await Delete("DELETE FROM journey WHERE expires_at < $1", now, cancel);
        await Delete("DELETE FROM unconfirmed_login WHERE expires_at < $1", now, cancel);
        await Delete("DELETE FROM kept_trial WHERE expires_at < $1", now, cancel);
        await Delete("DELETE FROM used_assertion WHERE expires_at < $1", now - UsedCodesAreKept, cancel);
        await Delete("DELETE FROM used_one_time_code WHERE used_at < $1", now - UsedCodesAreKept, cancel);
        await Delete("DELETE FROM failed_sign_in WHERE last_at < $1", now - Patience.Memory, cancel);
        await Delete("DELETE FROM authorization_code WHERE expires_at < $1", now - SessionsAreKept, cancel);
        await Delete("DELETE FROM session WHERE begun_at < $1", now - SessionsAreKept, cancel);
    }

    private async Task Delete(string sql, DateTimeOffset before, CancellationToken cancel)
    {
        await using var command = logins.System.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = before });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
