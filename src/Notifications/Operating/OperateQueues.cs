using Iop.Kernel;
using Iop.Notifications.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using RabbitMQ.Client.Exceptions;

namespace Iop.Notifications.Operating;

/// <summary>The operator sees what waits between the services and what has failed, and sends a failed message again (skickar om).
/// Every replay stands in the audit trail.</summary>
internal static class OperateQueues
{
    private const int FailedMax = 100;

    /// <param name="Broker">The version of the broker that answers.</param>
    /// <param name="Pauses">Messages that rest before they are tried again, by the length of the pause.</param>
    public sealed record View(string Broker, IReadOnlyList<ErrorQueues.Depth> Items, IReadOnlyList<PauseView> Pauses);

    public sealed record PauseView(string Name, long Waiting);

    public sealed record FailedList(IReadOnlyList<ErrorQueues.Failure> Items);

    public sealed record Replayed(string Queue, Guid Id);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/operating/queues", Show).WithName("ShowQueues");
        api.MapGet("/operating/queues/{queue}/failed", ShowFailed).WithName("ListFailedMessages");
        api.MapPost("/operating/queues/{queue}/failed/{message:guid}/replay", Handle).WithName("ReplayMessage");
    }

    internal static async Task<Answer<View>> Show(Caller caller, ErrorQueues queues, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Operator) is { } missing) return missing;
        try
        {
            var (version, depths, pauses) = await queues.Depths(cancel);
            return new View(version, depths, [.. pauses.Select(pause => new PauseView(pause.Name, pause.Waiting))]);
        }
        catch (Exception away) when (IsAway(away, cancel))
        {
            return Away;
        }
    }

    internal static async Task<Answer<FailedList>> ShowFailed(
        string queue, Caller caller, ErrorQueues queues, CancellationToken cancel)
    {
        if (!ErrorQueues.Knows(queue)) return Refusal.NotFound;
        if (caller.Lacks(Roles.Operator) is { } missing) return missing;
        try
        {
            return new FailedList(await queues.Failed(queue, FailedMax, cancel));
        }
        catch (Exception away) when (IsAway(away, cancel))
        {
            return Away;
        }
    }

    internal static async Task<Answer<Replayed>> Handle(string queue, Guid message, Caller caller, ErrorQueues queues,
        NotificationsDb db, SystemWork system, TimeProvider clock, CancellationToken cancel)
    {
        if (!ErrorQueues.Knows(queue)) return Refusal.NotFound;
        if (caller.Lacks(Roles.Operator) is { } missing) return missing;
        // That it was asked for is kept before the broker is: whatever happens then, the trail says who did it.
        await system.InTransaction(scope => Note(scope.GetRequiredService<NotificationsDb>(), "asked to replay"), cancel);
        try
        {
            if (!await queues.Replay(queue, message, cancel)) return Refusal.NotFound;
            await Note(db, "replayed");
            return new Replayed(queue, message);
        }
        catch (Exception away) when (IsAway(away, cancel))
        {
            return Away;
        }

        Task<int> Note(NotificationsDb to, string what) =>
            to.Note(caller, "ReplayMessage", message, $"{what} message {queue}", clock.GetUtcNow(), cancel);
    }

    internal static Refusal Away => new("operating.broker-away", RefusalKind.Unavailable);

    internal static bool IsAway(Exception trouble, CancellationToken cancel) => !cancel.IsCancellationRequested
        && trouble is BrokerUnreachableException or AlreadyClosedException or OperationInterruptedException
            or OperationCanceledException or PublishException;
}
