using Iop.Kernel;
using Iop.Notifications.Domain;
using Iop.Notifications.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Calendar;

/// <summary>Keeps the days that facts name, for people's calendars.</summary>
internal sealed class KeepDeadlines(NotificationsDb db, TimeProvider clock)
{
    public async Task Keep(Circle circle, Tidings tidings, long occasion, CancellationToken cancel)
    {
        if (tidings.Deadlines.Count == 0 && tidings.Only is null) return;
        var subject = tidings.Only?.Subject ?? tidings.Deadlines[0].Subject;
        await db.OneAtATime($"deadlines:{subject}", cancel);
        var (now, today) = (clock.GetUtcNow(), clock.Today());
        var known = await db.Deadlines.Where(one => one.SubjectId == subject).ToListAsync(cancel);
        foreach (var told in tidings.Deadlines)
        {
            if (known.Find(one => one.Kind == told.Kind && one.Key == told.Key) is { } there)
                there.Hear(told, occasion, today, now);
            else
                db.Add(KeptDeadline.Of(Guid.CreateVersion7(now), circle.Id, told, occasion, now));
        }
        if (tidings.Only is not { } only) return;
        foreach (var other in known.Where(one => one.Kind == only.Kind && one.FallsOn >= only.From
            && tidings.Deadlines.All(told => told.Key != one.Key)))
            other.Hear(other.AsCancelled(), occasion, today, now);
    }
}
