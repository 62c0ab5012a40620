using Iop.Platform.Time;

namespace Iop.Agreements.Life;

/// <summary>All have signed and the day has come, at Swedish midnight: the agreement is in force (träder i kraft), or its new
/// version takes over.</summary>
internal sealed class EnterIntoForceWhenStartDateComes(PassingOfTime time) : ITimerRings
{
    public const string Kind = "agreement-starts";

    public Task Ring(Guid subject, CancellationToken cancel) => time.Pass(subject, cancel);
}
