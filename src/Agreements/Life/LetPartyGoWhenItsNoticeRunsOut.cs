using Iop.Platform.Time;

namespace Iop.Agreements.Life;

/// <summary>A leaving party's notice has run out: the agreement goes on without it (utträde).</summary>
internal sealed class LetPartyGoWhenItsNoticeRunsOut(PassingOfTime time) : ITimerRings
{
    public const string Kind = "agreement-party-leaves";

    public Task Ring(Guid subject, CancellationToken cancel) => time.Pass(subject, cancel);
}
