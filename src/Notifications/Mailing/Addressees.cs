using Iop.Kernel;
using Iop.Notifications.Domain;
using Iop.Notifications.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Mailing;

/// <summary>Whom a line is for. Where nobody holds one of its roles (the owner has left), the organisation's administrators
/// stand in.</summary>
internal static class Addressees
{
    /// <summary>Those who hold one of the line's roles where it belongs. What is for all of an organisation is not for those who
    /// only operate the platform.</summary>
    public static IQueryable<KnownRecipient> Meant(this IQueryable<KnownRecipient> people, InboxLine line) =>
        people.There(line).Where(one => one.Roles.Any(role =>
                line.Roles.Length == 0 ? role != Roles.Operator : line.Roles.Contains(role))
            && (line.PersonId == null || one.PersonId == line.PersonId));

    public static async Task<IReadOnlyList<KnownRecipient>> Of(InboxLine line, NotificationsDb db, CancellationToken cancel)
    {
        var meant = await db.Recipients.Meant(line).AsNoTracking().ToListAsync(cancel);
        if (meant.Count == 0)
        {
            meant = await db.Recipients.There(line).Where(one => one.Roles.Contains(Roles.Admin)).AsNoTracking()
                .ToListAsync(cancel);
        }
        return [.. meant.DistinctBy(one => one.PersonId)];
    }

    /// <summary>Tasks that are open and that nobody there can do: the administrators stand in.</summary>
    public static IQueryable<InboxLine> LeftToNobody(this IQueryable<InboxLine> lines, NotificationsDb db) =>
        lines.Where(line => line.MustAct && line.DoneAt == null && !db.Recipients.Any(one =>
            one.OrganisationId == line.OrganisationId && one.Roles.Length > 0
            && (line.UnitId == null || one.UnitId == null || one.UnitId == line.UnitId)
            && (line.PersonId == null || line.PersonId == one.PersonId)
            && (line.Roles.Length == 0 || line.Roles.Any(role => one.Roles.Contains(role)))));

    private static IQueryable<KnownRecipient> There(this IQueryable<KnownRecipient> people, InboxLine line) =>
        people.Where(one => one.OrganisationId == line.OrganisationId && one.Roles.Length > 0
            && (line.UnitId == null || one.UnitId == null || one.UnitId == line.UnitId));
}
