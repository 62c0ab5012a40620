using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Iop.Platform.Sealing;

/// <summary>A kind of key this service needs, and how old the newest may get.</summary>
public sealed record KeyPurpose(string Name, TimeSpan AgeMax);

/// <summary>Sees to it at start, and then daily, that there are keys.</summary>
internal sealed class RenewKeys(KeyRing ring, IEnumerable<KeyPurpose> purposes, ILogger<RenewKeys> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(2);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var purpose in purposes) await ring.Renew(purpose.Name, purpose.AgeMax, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = Every;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                foreach (var purpose in purposes) await ring.Renew(purpose.Name, purpose.AgeMax, stoppingToken);
                pause = Every;
            }
            catch (Exception trouble) when (trouble is not OperationCanceledException)
            {
                log.LogWarning("Keys could not be looked after: {Reason}", trouble.Message);
                pause = AfterTrouble;
            }
        }
    }
}
