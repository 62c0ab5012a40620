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
        NotificationsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (!ErrorQueues.Knows(queue)) return Refusal.NotFound;
        if (caller.Lacks(Roles.Operator) is { } missing) return missing;
        // The line first: what was sent again is written down, also if this transaction should end after the broker's yes.
        await db.Note(caller, "ReplayMessage", message, $"replayed message {queue}", clock.GetUtcNow(), cancel);
        try
        {
            return await queues.Replay(queue, message, cancel) ? new Replayed(queue, message) : Refusal.NotFound;
        }
        catch (Exception away) when (IsAway(away, cancel))
        {
            return Away;
        }
    }

    private static Refusal Away => new("operating.broker-away", RefusalKind.Unavailable);

    private static bool IsAway(Exception trouble, CancellationToken cancel) => !cancel.IsCancellationRequested
        && trouble is BrokerUnreachableException or AlreadyClosedException or OperationInterruptedException
            or OperationCanceledException or PublishException;
}
