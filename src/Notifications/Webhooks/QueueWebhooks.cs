using System.Text.Json;
using Iop.Notifications.Domain;
using Iop.Notifications.Inbox;
using Iop.Notifications.Recipients;
using Iop.Notifications.Reporting;
using Iop.Notifications.Storage;
using Iop.Notifications.Telling;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Webhooks;

/// <summary>What is written in an organisation's inbox goes to its webhooks too, but not what is for one person of it.</summary>
internal sealed class QueueWebhooks(NotificationsDb db)
{
    private static readonly string[] ToldToPeopleAlone =
        [TellOfTrouble.GivenUp, TellOfTrouble.Ended, ReportInaccessible.Kind, AccountRules.Confirm, WorkspaceRules.GuestEnds];

    /// <summary>What can be asked for: every kind of line but those that people alone are told.</summary>
    public static IReadOnlySet<string> KindsOf(LineText lines) =>
        lines.Kinds.Except(ToldToPeopleAlone, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);

    public async Task About(InboxLine line, DateTimeOffset now, CancellationToken cancel)
    {
        if (line.PersonId is not null || ToldToPeopleAlone.Contains(line.Kind, StringComparer.Ordinal)) return;
        var webhooks = await db.Webhooks.Where(one => one.OrganisationId == line.OrganisationId && one.EndedAt == null
            && (one.Kinds.Length == 0 || one.Kinds.Contains(line.Kind))).Select(one => one.WebhookId).ToListAsync(cancel);
        foreach (var webhook in webhooks)
        {
            db.Add(new WebhookDelivery
            {
                DeliveryId = Guid.CreateVersion7(now), WebhookId = webhook, LineId = line.LineId, Kind = line.Kind,
                Body = Body(line, now), CreatedAt = now, DueAt = now,
            });
        }
        await db.SaveChangesAsync(cancel);
    }

    private static string Body(InboxLine line, DateTimeOffset now) => JsonSerializer.Serialize(new
    {
        type = $"line.{line.Kind}",
        timestamp = now,
        data = new
        {
            id = line.LineId, organisationId = line.OrganisationId, unitId = line.UnitId, roles = line.Roles,
            mustAct = line.MustAct, circleId = line.CircleId, subjectKind = line.SubjectKind, subjectId = line.SubjectId,
            path = line.Path, words = line.Arguments,
        },
    }, JsonSerializerOptions.Web);
}
