using Iop.Kernel;
using Iop.Notifications.Domain;
using Iop.Notifications.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Inbox;

/// <summary>The caller puts news away, for herself alone. What demands an act goes away by being done.</summary>
internal static class DismissLine
{
    public sealed record View(Guid Id);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/inbox/{id:guid}/dismissal", Handle).WithName(nameof(DismissLine));

    // Without If-Match: a line never changes, and putting it away twice is putting it away.
    internal static async Task<Answer<View>> Handle(Guid id, Caller caller, NotificationsDb db, TimeProvider clock,
        CancellationToken cancel)
    {
        var roles = caller.Roles.ToArray();
        var line = await db.Lines.FirstOrDefaultAsync(
            known => known.LineId == id && (known.PersonId == null || known.PersonId == caller.Person)
                && (known.Roles.Length == 0 || known.Roles.Any(role => roles.Contains(role))), cancel);
        if (line is null) return Refusal.NotFound;
        if (line.MustAct) return InboxRefusals.DemandsAnAct;
        if (!await db.Dismissals.AnyAsync(dismissal => dismissal.LineId == id && dismissal.PersonId == caller.Person, cancel))
            db.Add(new Dismissal { LineId = id, PersonId = caller.Person, DismissedAt = clock.GetUtcNow() });
        await db.SaveChangesAsync(cancel);
        return new View(id);
    }
}
