using Iop.Contracts.Identity;
using Iop.Notifications.Storage;
using MassTransit;

namespace Iop.Notifications.Mailing;

/// <summary>A link of a person's account leaves by mail, whatever she has chosen for news: she has asked for it.</summary>
internal sealed class MailLinkWhenAccountLinkMade(NotificationsDb db, MailSettings settings, TimeProvider clock)
    : IConsumer<AccountLinkMade>
{
    public const string Queue = "notifications.mail-link-when-account-link-made";

    public async Task Consume(ConsumeContext<AccountLinkMade> context)
    {
        var (told, now, cancel) = (context.Message, clock.GetUtcNow(), context.CancellationToken);
        if (!settings.IsOn || told.ExpiresAt + Attempts.TriedAtMost <= now
            || await db.HasHeard(Queue, told.LinkId, told.Sequence, cancel)) return;
        db.Add(new AccountLink
        {
            LinkId = told.LinkId, Name = told.Name, Email = told.Email, Language = told.Language == "en" ? "en" : "sv",
            Kind = told.Kind, Path = told.Path, ExpiresAt = told.ExpiresAt,
            PersonVersion = told.PersonVersion,
        });
        await db.SaveChangesAsync(cancel); // before the mail, which refers to it
        db.Add(new Mail
        {
            MailId = Guid.CreateVersion7(now), PersonId = told.PersonId, OrganisationId = Guid.Empty, LinkId = told.LinkId,
            CreatedAt = now, DueAt = now,
        });
    }
}

/// <summary>A link of a person's account, until it is too old to be used and its mail has left.</summary>
internal sealed class AccountLink
{
    public required Guid LinkId { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required string Language { get; init; }

    public required string Kind { get; init; }

    public required string Path { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The person's version when it was made.</summary>
    public required long PersonVersion { get; init; }
}
