using Iop.Platform.Time;

namespace Iop.Agreements.Life;

/// <summary>Nobody gave notice in time: the agreement goes on for another term (förlängs).</summary>
internal sealed class RenewWhenLastDateOfNoticePasses(PassingOfTime time) : ITimerRings
{
    public const string Kind = "agreement-renews";

    public Task Ring(Guid subject, CancellationToken cancel) => time.Pass(subject, cancel);
}
