using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Iop.Platform.Storage;

/// <summary>Removes what has served its time: sent messages, deliveries and stored answers.</summary>
internal sealed class Cleanup(Logins logins, TimeProvider clock, ILogger<Cleanup> log) : BackgroundService
{
    private static readonly TimeSpan MessagesAreKept = TimeSpan.FromDays(30);
    private static readonly TimeSpan AnswersAreKept = TimeSpan.FromHours(24);
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Every);
        while (await tick.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var now = clock.GetUtcNow();
                await Delete("DELETE FROM outbox WHERE published_at IS NOT NULL AND created_at < $1", now - MessagesAreKept, stoppingToken);
                await Delete("DELETE FROM inbox WHERE handled_at < $1", now - MessagesAreKept, stoppingToken);
                await Delete("DELETE FROM idempotency WHERE created_at < $1", now - AnswersAreKept, stoppingToken);
            }
            catch (NpgsqlException trouble)
            {
                log.LogWarning(trouble, "Cleaning was interrupted; it goes on in an hour.");
            }
        }
    }

    private async Task Delete(string sql, DateTimeOffset before, CancellationToken cancel)
    {
        await using var command = logins.System.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = before });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
