using Iop.Kernel;
using Iop.Notifications.Domain;
using Iop.Notifications.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Inbox;

/// <summary>The caller puts news away, for herself alone. What demands an act goes away by being done; it can be put off until
/// a day (påminn mig senare).</summary>
internal static class DismissLine
{
    /// <param name="Days">In how many days it comes back, 1–90.</param>
    public sealed record Snooze(int Days);

    public sealed record View(Guid Id, DateOnly? Until);

    private const int SnoozeDaysMax = 90;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/inbox/{id:guid}/dismissal", Handle).WithName(nameof(DismissLine));
        api.MapPost("/inbox/{id:guid}/snooze", HandleSnooze).WithName("SnoozeLine");
    }

    // Without If-Match: a line never changes, and putting it away twice is putting it away.
    internal static async Task<Answer<View>> Handle(Guid id, Caller caller, NotificationsDb db, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await Find(id, caller, db, cancel) is not { } line) return Refusal.NotFound;
        if (line.MustAct) return InboxRefusals.DemandsAnAct;
        return await PutAway(id, null, caller, db, clock, cancel);
    }

    internal static async Task<Answer<View>> HandleSnooze(Guid id, Snooze request, Caller caller, NotificationsDb db,
        TimeProvider clock, CancellationToken cancel)
    {
        if (new Fields().Between("days", request.Days, 1, SnoozeDaysMax).Refusal is { } no) return no;
        if (await Find(id, caller, db, cancel) is null) return Refusal.NotFound;
        return await PutAway(id, clock.Today().AddDays(request.Days), caller, db, clock, cancel);
    }

    private static Task<InboxLine?> Find(Guid id, Caller caller, NotificationsDb db, CancellationToken cancel) =>
        db.Lines.For(caller, db).FirstOrDefaultAsync(known => known.LineId == id, cancel);

    private static async Task<View> PutAway(
        Guid id, DateOnly? until, Caller caller, NotificationsDb db, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO dismissal (line_id, person_id, dismissed_at, until) VALUES ({id}, {caller.Person}, {now}, {until})
            ON CONFLICT (line_id, person_id) DO UPDATE SET until = excluded.until, dismissed_at = excluded.dismissed_at
            """, cancel);
        return new View(id, until);
    }
}
