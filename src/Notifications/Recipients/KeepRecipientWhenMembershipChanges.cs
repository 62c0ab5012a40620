using Iop.Contracts.Identity;
using Iop.Notifications.Mailing;
using Iop.Notifications.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Recipients;

/// <summary>Whom to tell, and in which language. One whose membership has ended keeps the row without roles; what awaited her and
/// nobody else can do is mailed to those who stand in.</summary>
internal sealed class KeepRecipientWhenMembershipChanges(
    NotificationsDb db, WatchSignatories signatories, QueueMail mail, TimeProvider clock) : IConsumer<MembershipChanged>
{
    public const string Queue = "notifications.keep-recipient-when-membership-changes";

    public async Task Consume(ConsumeContext<MembershipChanged> context)
    {
        var (message, cancel) = (context.Message, context.CancellationToken);
        if (await db.HasHeard(Queue, message.MembershipId, message.Sequence, cancel)) return;
        var language = message.Language == "en" ? "en" : "sv";
        await signatories.Hold(message.OrganisationId, cancel);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO recipient (membership_id, person_id, organisation_id, unit_id, name, email, language, roles, person_version)
            VALUES ({message.MembershipId}, {message.PersonId}, {message.OrganisationId}, {message.UnitId}, {message.Name},
                    {message.Email}, {language}, {message.Roles.ToArray()}, {message.PersonVersion})
            ON CONFLICT (membership_id) DO UPDATE SET
              unit_id = excluded.unit_id, name = excluded.name, email = excluded.email, language = excluded.language,
              roles = excluded.roles, person_version = excluded.person_version
            """, cancel);
        await signatories.Look(message.OrganisationId, cancel);
        await mail.AboutWhatIsLeft(message.OrganisationId, clock.GetUtcNow(), cancel);
    }
}
