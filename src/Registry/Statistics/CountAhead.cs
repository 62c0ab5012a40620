using Iop.Kernel;
using Iop.Platform.Storage;
using Iop.Registry.Domain.Counting;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Statistics;

/// <summary>Counts today and every year's end anew soon after the register has changed, so that nobody who asks waits for
/// it. One replica at a time.</summary>
internal sealed class CountAhead(IServiceScopeFactory scopes, TimeProvider clock, ILogger<CountAhead> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            try
            {
                await Once(stoppingToken);
            }
            catch (Exception trouble) when (trouble is not OperationCanceledException)
            {
                log.LogWarning(trouble, "The figures could not be counted ahead just now.");
            }
        }
    }

    internal async Task Once(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Acting>().AsSystem();
        var db = scope.ServiceProvider.GetRequiredService<RegistryDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var isMine = await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(7101) AS \"Value\"").SingleAsync(cancel);
        if (!isMine) return;
        var today = clock.Today();
        var yearEnds = Enumerable.Range(CountingRules.FirstYear, Math.Max(0, today.Year - CountingRules.FirstYear))
            .Select(year => new DateOnly(year, 12, 31));
        await new FiguresOfADay(db).CountAhead([today, .. yearEnds], cancel);
        await transaction.CommitAsync(cancel);
    }
}
