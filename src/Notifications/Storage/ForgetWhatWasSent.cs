using Iop.Platform.Storage;
using Npgsql;

namespace Iop.Notifications.Storage;

/// <summary>Hourly: what was sent, and days long past, are forgotten.</summary>
internal sealed class ForgetWhatWasSent(Logins logins, TimeProvider clock, ILogger<ForgetWhatWasSent> log) : BackgroundService
{
    /// <summary>A webhook's deliveries, with their bodies, counted from the end of the attempts.</summary>
    public const int DeliveryDays = 30;

    /// <summary>That a mail was sent, to whom and about which line; counted likewise. A morning's mail says up to when a person
    /// has heard the news, and stays.</summary>
    public const int MailDays = 90;

    /// <summary>Deadlines that calendars no longer show.</summary>
    public const int DeadlineDays = 400;

    /// <summary>Reports of what cannot be used, counted from when they were handled.</summary>
    public const int ReportDays = 365;

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

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
        await Delete("DELETE FROM webhook_delivery WHERE ended_at < $1", DeliveryDays, cancel);
        await Delete("DELETE FROM mail WHERE ended_at < $1 AND line_id IS NOT NULL", MailDays, cancel);
        await Delete("DELETE FROM deadline WHERE falls_on < ($1)::date", DeadlineDays, cancel);
        await Delete("DELETE FROM accessibility_report WHERE handled_at < $1", ReportDays, cancel);
        // The person has left: the address leads nowhere, and nothing is kept of it.
        await Delete("""
            DELETE FROM calendar_feed feed WHERE renewed_at < $1 AND NOT EXISTS (SELECT FROM recipient own
              WHERE own.person_id = feed.person_id AND own.organisation_id = feed.organisation_id AND own.roles <> '{}')
            """, days: 0, cancel);
    }

    private async Task Delete(string sql, int days, CancellationToken cancel)
    {
        await using var command = logins.System.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow() - TimeSpan.FromDays(days) });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
