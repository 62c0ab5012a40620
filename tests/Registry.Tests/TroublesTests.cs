extern alias web;

using web::Iop.Web.Operating;

namespace Iop.Registry.Tests;

/// <summary>The operator is told that all is well only when it is: every kind of trouble by itself is enough to be told
/// of.</summary>
public sealed class TroublesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly Operation Quiet = new("registry", "1.0.0+abc", "17.1", Now, 0, null,
        [new OperationTimer("entries-day", 3, 0, null, 0, Now.AddDays(-1))]);

    private static readonly QueueDepth Heard = new("registry.listen", "OrganisationChanged", 4, 2, 0, IsMissing: false);

    private static readonly UnsentList AllSent = new([], 2, 0, 0);

    private static readonly SystemState Well = new([new ServiceState("registry", Quiet)],
        new GatewayState("1.0.0+abc", [new ReplicasBehind("registry", 2, 2), new ReplicasBehind("web", 1, 1)]),
        new QueueList("4.1.0", [Heard], [new QueuePause("iop.pause", 1)]), AllSent, "1.0.0+abc",
        new OperatorCount(3, 3));

    public static TheoryData<string, SystemState> Ill => new()
    {
        { "service-ill registry 0", Well with { Services = [new("registry", null), new("identity", Quiet)] } },
        { "service-away identity 0", Well with { Services = [.. Well.Services, new("identity", null)] } },
        { "service-away gateway 0", Well with { Gateway = null } },
        { "replica-away registry 1", Well with { Gateway = new("1", [new ReplicasBehind("registry", 2, 1)]) } },
        { "service-ill registry 0, database-away  0", Well with { Services = [new("registry", null)] } },
        { "broker-away  0", Well with { Queues = null } },
        { "queue-missing registry.listen 0", With(Heard with { IsMissing = true }) },
        { "queue-failed registry.listen 7", With(Heard with { Failed = 7 }) },
        { "queue-unheard registry.listen 4", With(Heard with { Listeners = 0 }) },
        { "outbox-late registry 5", With(Quiet with { OutboxWaiting = 5, OutboxSince = Now.AddSeconds(-121) }) },
        { "timer-late entries-day 2", With(Timer(due: 2, since: Now.AddMinutes(-5).AddSeconds(-1))) },
        { "timer-failing entries-day 1", With(Timer(failing: 1)) },
        { "unsent-unknown  0", Well with { Unsent = null } },
        { "unsent-ended  6", Well with { Unsent = AllSent with { Ended = 6 } } },
        { "unsent-late  8", Well with { Unsent = AllSent with { Late = 8 } } },
        { "operators-few  2", Well with { Operators = new OperatorCount(2, 3) } },
    };

    public static TheoryData<SystemState> NearlyIll => new()
    {
        Well,
        With(Quiet with { OutboxWaiting = 5, OutboxSince = Now.AddMinutes(-2) }), // two minutes are allowed
        With(Timer(due: 2, since: Now.AddMinutes(-5))),
        With(Heard with { Waiting = 0, Listeners = 0 }), // nothing waits
    };

    [Theory]
    [MemberData(nameof(Ill))]
    public void Each_trouble_is_told_of(string told, SystemState state) => Assert.Equal(
        told, string.Join(", ", Troubles.In(state).Select(one => $"{one.What} {one.About} {one.Count}")));

    [Theory]
    [MemberData(nameof(NearlyIll))]
    public void All_is_well_within_the_limits(SystemState state) => Assert.Empty(Troubles.In(state));

    [Fact]
    public void Since_when_is_told_of_what_is_late() => Assert.Equal(Now.AddHours(-1),
        Assert.Single(Troubles.In(With(Quiet with { OutboxWaiting = 1, OutboxSince = Now.AddHours(-1) }))).Since);

    private static SystemState With(Operation state) => Well with { Services = [new ServiceState("registry", state)] };

    private static SystemState With(QueueDepth queue) => Well with { Queues = Well.Queues! with { Items = [queue] } };

    private static Operation Timer(long due = 0, DateTimeOffset? since = null, long failing = 0) =>
        Quiet with { Timers = [new OperationTimer("entries-day", 3, due, since, failing, null)] };
}
