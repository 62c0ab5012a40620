using System.Text.Json;
using Iop.Kernel;
using Iop.Notifications.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Platform.Storage;

namespace Iop.Notifications.Operating;

/// <summary>When what made a whole queue fail has been mended, the operator sends all of it again (skickar om allt): at most a
/// thousand messages at a time. The audit trail says who asked, and how many went.</summary>
internal static class ReplayQueue
{
    private const int MessagesMax = 1_000;

    /// <param name="Left">Still in the error queue: over the thousand, or not sent because the broker went away.</param>
    public sealed record Replayed(string Queue, int Sent, long Left);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/operating/queues/{queue}/failed/replay", Handle).WithName(nameof(ReplayQueue));

    internal static async Task<Answer<Replayed>> Handle(string queue, Caller caller, ErrorQueues queues, NotificationsDb db,
        SystemWork system, TimeProvider clock, CancellationToken cancel)
    {
        if (!ErrorQueues.Knows(queue)) return Refusal.NotFound;
        if (caller.Lacks(Roles.Operator) is { } missing) return missing;
        // That it was asked for is kept before the broker is: whatever happens then, the trail says who did it.
        await system.InTransaction(scope => Note(scope.GetRequiredService<NotificationsDb>(), $"asked to replay all {queue}"),
            cancel);
        try
        {
            var (sent, left) = await queues.ReplayAll(queue, MessagesMax, cancel);
            await Note(db, $"replayed {sent} messages {queue}");
            return new Replayed(queue, sent, left);
        }
        catch (Exception away) when (OperateQueues.IsAway(away, cancel))
        {
            return OperateQueues.Away;
        }

        Task<int> Note(NotificationsDb to, string what)
        {
            var now = clock.GetUtcNow();
            to.AuditTrail.Add(new AuditEntry
            {
                EntryId = Guid.CreateVersion7(now), At = now, OrganisationId = caller.Organisation, PersonId = caller.Person,
                Operation = nameof(ReplayQueue), Changes = JsonSerializer.Serialize(new[] { what }),
            });
            return to.SaveChangesAsync(cancel);
        }
    }
}
