using Iop.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Iop.Platform.Time;

/// <summary>What happens when a timer rings. Runs once per timer however many replicas there are, in one transaction with its
/// effect.</summary>
public interface ITimerRings
{
    Task Ring(Guid subject, CancellationToken cancel);
}

internal sealed record TimerKind(string Kind, Type Handler);

/// <summary>Rings due timers: each is locked, handled and marked in one transaction, so replicas share the work and none rings
/// twice.</summary>
internal sealed class TimerLoop(
    IServiceScopeFactory scopes, IEnumerable<TimerKind> kinds, TimeProvider clock, ILogger<TimerLoop> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private const int AttemptsMax = 20;
    private const int PerRoundMax = 100;
    private readonly Dictionary<string, Type> _handlers =
        kinds.ToDictionary(kind => kind.Kind, kind => kind.Handler, StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_handlers.Count == 0) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                for (var rung = 0; rung < PerRoundMax && await RingOne(stoppingToken); rung++) { }
            }
            catch (Exception trouble) when (trouble is not OperationCanceledException)
            {
                log.LogWarning(trouble, "Timers could not be rung just now.");
            }
            await Task.Delay(Pause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> RingOne(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Acting>().AsSystem();
        var db = scope.ServiceProvider.GetRequiredService<ServiceDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var now = clock.GetUtcNow();
        var known = _handlers.Keys.ToArray();
        // A failing timer steps back, five seconds more for every attempt, so that it cannot stop the others.
        var timer = await db.Database.SqlQuery<DueTimer>($"""
            SELECT timer_id, kind, subject_id, attempts FROM timer
            WHERE done_at IS NULL AND attempts < {AttemptsMax} AND kind = ANY({known})
              AND due_at + attempts * interval '5 seconds' <= {now}
            ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
            """).AsAsyncEnumerable().FirstOrDefaultAsync(cancel);
        if (timer is null) return false;
        try
        {
            await transaction.CreateSavepointAsync("before", cancel);
            var handler = (ITimerRings)scope.ServiceProvider.GetRequiredService(_handlers[timer.kind]);
            await handler.Ring(timer.subject_id, cancel);
            await db.SaveChangesAsync(cancel);
            await db.Database.ExecuteSqlAsync($"UPDATE timer SET done_at = {now} WHERE timer_id = {timer.timer_id}", cancel);
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            log.LogError(trouble, "Timer {Kind} for {Subject} failed, attempt {Attempt}.", timer.kind, timer.subject_id,
                timer.attempts + 1);
            await transaction.RollbackToSavepointAsync("before", cancel);
            await db.Database.ExecuteSqlAsync($"UPDATE timer SET attempts = attempts + 1 WHERE timer_id = {timer.timer_id}",
                cancel);
        }
        await transaction.CommitAsync(cancel);
        return true;
    }

    private sealed record DueTimer(Guid timer_id, string kind, Guid subject_id, int attempts);
}
