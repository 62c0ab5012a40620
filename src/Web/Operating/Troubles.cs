namespace Iop.Web.Operating;

/// <summary>What the operator should look at. Only when there is nothing of it is all well: nothing away, nothing failed, and
/// nothing later than it may be.</summary>
public static class Troubles
{
    /// <summary>A message is told within seconds; one that has waited so long is stuck, or nobody tells.</summary>
    public static readonly TimeSpan OutboxAgeMax = TimeSpan.FromMinutes(2);

    /// <summary>A timer rings within seconds, also when many ring at once.</summary>
    public static readonly TimeSpan TimerLateMax = TimeSpan.FromMinutes(5);

    public static IReadOnlyList<Trouble> In(SystemState state) =>
        [.. Parts(state), .. Messages(state.Queues), .. state.Services.SelectMany(Late), .. Sent(state.Unsent),
            .. People(state.Operators)];

    private static IEnumerable<Trouble> Parts(SystemState state)
    {
        foreach (var service in state.Services.Where(one => one.Is is null))
        {
            yield return new Trouble(
                state.Behind(service.Name) is { Answering: > 0 } ? "service-ill" : "service-away", service.Name);
        }
        if (state.Gateway is null) yield return new Trouble("service-away", "gateway");
        foreach (var behind in (state.Gateway?.Services ?? []).Where(one => one.Answering < one.Replicas && one.Answering > 0))
            yield return new Trouble("replica-away", behind.Name, behind.Replicas - behind.Answering);
        if (state.Services.All(one => one.Is is null)) yield return new Trouble("database-away");
    }

    private static IEnumerable<Trouble> Messages(QueueList? queues)
    {
        if (queues is null) yield return new Trouble("broker-away");
        foreach (var queue in queues?.Items ?? [])
        {
            if (queue.IsMissing) yield return new Trouble("queue-missing", queue.Name);
            if (queue.Failed > 0) yield return new Trouble("queue-failed", queue.Name, queue.Failed);
            if (queue is { Waiting: > 0, Listeners: 0 }) yield return new Trouble("queue-unheard", queue.Name, queue.Waiting);
        }
    }

    private static IEnumerable<Trouble> Late(ServiceState service)
    {
        if (service.Is is not { } state) yield break;
        if (state.At - state.OutboxSince > OutboxAgeMax)
            yield return new Trouble("outbox-late", service.Name, state.OutboxWaiting, state.OutboxSince);
        foreach (var timer in state.Timers)
        {
            if (timer.Failing > 0) yield return new Trouble("timer-failing", timer.Kind, timer.Failing);
            if (state.At - timer.DueSince > TimerLateMax)
                yield return new Trouble("timer-late", timer.Kind, timer.Due, timer.DueSince);
        }
    }

    private static IEnumerable<Trouble> Sent(UnsentList? unsent)
    {
        if (unsent is null) yield return new Trouble("unsent-unknown");
        if (unsent is { Ended: > 0 }) yield return new Trouble("unsent-ended", Count: unsent.Ended);
        if (unsent is { Late: > 0 }) yield return new Trouble("unsent-late", Count: unsent.Late);
    }

    private static IEnumerable<Trouble> People(OperatorCount? operators)
    {
        if (operators is { } count && count.CanSignIn < count.Wanted)
            yield return new Trouble("operators-few", Count: count.CanSignIn);
    }
}

/// <param name="What">The kind of trouble: a text <c>trouble.{what}</c> says it.</param>
/// <param name="About">The service, queue or kind of timer, by its name.</param>
public sealed record Trouble(string What, string About = "", long Count = 0, DateTimeOffset? Since = null);

/// <summary>All that the operator's page is made of. What is null did not answer.</summary>
/// <param name="WebVersion">That of these pages.</param>
public sealed record SystemState(
    IReadOnlyList<ServiceState> Services, GatewayState? Gateway, QueueList? Queues, UnsentList? Unsent, string WebVersion,
    OperatorCount? Operators)
{
    public ReplicasBehind? Behind(string service) => Gateway?.Services.FirstOrDefault(one => one.Name == service);
}

public sealed record GatewayState(string Version, IReadOnlyList<ReplicasBehind> Services);

/// <summary>How many operators can sign in, and how many should be able to.</summary>
public sealed record OperatorCount(int CanSignIn, int Wanted);

public sealed record ReplicasBehind(string Name, int Replicas, int Answering);

/// <param name="Is">None when the service does not answer.</param>
public sealed record ServiceState(string Name, Operation? Is);

public sealed record Operation(string Service, string Version, string Database, DateTimeOffset At, long OutboxWaiting,
    DateTimeOffset? OutboxSince, IReadOnlyList<OperationTimer> Timers);

public sealed record OperationTimer(
    string Kind, long Waiting, long Due, DateTimeOffset? DueSince, long Failing, DateTimeOffset? LastRangAt);

public sealed record QueueList(string Broker, IReadOnlyList<QueueDepth> Items, IReadOnlyList<QueuePause> Pauses);

public sealed record QueueDepth(string Name, string Message, long Waiting, long Listeners, long Failed, bool IsMissing);

public sealed record QueuePause(string Name, long Waiting);

public sealed record UnsentList(IReadOnlyList<Unsent> Items, long Waiting, long Ended, long Late, long GivenUp = 0);

public sealed record Unsent(Guid Id, string Sort, Guid OrganisationId, string Organisation, DateTimeOffset CreatedAt,
    int Attempts, DateTimeOffset? DueAt, string State, string? Trouble, bool UnderWay = false);
