using Iop.Contracts.Registry;
using Iop.Notifications.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Recipients;

/// <summary>Lines name organisations as they are called now.</summary>
public sealed class KeepOrganisationWhenItChanges(NotificationsDb db) : IConsumer<OrganisationChanged>
{
    public const string Queue = "notifications.keep-organisation-when-it-changes";

    public async Task Consume(ConsumeContext<OrganisationChanged> context)
    {
        var (message, cancel) = (context.Message, context.CancellationToken);
        if (await db.HasHeard(Queue, message.OrganisationId, message.Sequence, cancel)) return;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO known_organisation (organisation_id, name) VALUES ({message.OrganisationId}, {message.Name})
            ON CONFLICT (organisation_id) DO UPDATE SET name = excluded.name
            """, cancel);
    }
}
