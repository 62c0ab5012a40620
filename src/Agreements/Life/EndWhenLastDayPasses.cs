using Iop.Platform.Time;

namespace Iop.Agreements.Life;

/// <summary>The agreement's last day has passed: it has ended (avslutad).</summary>
internal sealed class EndWhenLastDayPasses(PassingOfTime time) : ITimerRings
{
    public const string Kind = "agreement-ends";

    public Task Ring(Guid subject, CancellationToken cancel) => time.Pass(subject, cancel);
}
