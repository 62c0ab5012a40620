using System.Text.Json;
using Iop.Notifications.Calendar;
using Iop.Notifications.Domain;
using Iop.Notifications.Mailing;
using Iop.Notifications.Reporting;
using Iop.Notifications.Webhooks;
using Iop.Platform.Identity;
using Iop.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Iop.Notifications.Storage;

public sealed class NotificationsDb(DbContextOptions<NotificationsDb> options, TimeProvider clock) : ServiceDb(options, clock)
{
    public DbSet<InboxLine> Lines => Set<InboxLine>();

    internal DbSet<Dismissal> Dismissals => Set<Dismissal>();

    internal DbSet<KnownOrganisation> Organisations => Set<KnownOrganisation>();

    internal DbSet<KnownCircle> Circles => Set<KnownCircle>();

    internal DbSet<CircleMember> Members => Set<CircleMember>();

    internal DbSet<CircleStanding> Standings => Set<CircleStanding>();

    internal DbSet<KnownRecipient> Recipients => Set<KnownRecipient>();

    internal DbSet<Mail> Mails => Set<Mail>();

    internal DbSet<AccountLink> AccountLinks => Set<AccountLink>();

    internal DbSet<MailChoice> MailChoices => Set<MailChoice>();

    internal DbSet<AccessibilityReport> AccessibilityReports => Set<AccessibilityReport>();

    internal DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();

    internal DbSet<KeptDeadline> Deadlines => Set<KeptDeadline>();

    internal DbSet<Webhook> Webhooks => Set<Webhook>();

    internal DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    /// <summary>An operator's act that the system carries out stands in the audit trail too: written with the act, or before
    /// it.</summary>
    internal Task<int> Note(
        Caller caller, string operation, Guid subject, string what, DateTimeOffset now, CancellationToken cancel)
    {
        AuditTrail.Add(new AuditEntry
        {
            EntryId = Guid.CreateVersion7(now), At = now, OrganisationId = caller.Organisation, PersonId = caller.Person,
            Operation = operation, SubjectId = subject, Changes = JsonSerializer.Serialize(new[] { what }),
        });
        return SaveChangesAsync(cancel);
    }

    /// <summary>Those who tell of one circle or matter wait for each other, so that a line and the act it asks for cannot pass
    /// unseen.</summary>
    public Task OneAtATime(string what, CancellationToken cancel) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({what}, 4714))", cancel);
}

internal sealed class Dismissal
{
    public required Guid LineId { get; init; }

    public required Guid PersonId { get; init; }

    public required DateTimeOffset DismissedAt { get; set; }

    /// <summary>The day on which it comes back; null for good.</summary>
    public DateOnly? Until { get; set; }
}

/// <summary>Somebody to tell. One whose membership has ended has no roles left.</summary>
internal sealed class KnownRecipient
{
    public required Guid MembershipId { get; init; }

    public required Guid PersonId { get; init; }

    public required Guid OrganisationId { get; init; }

    public Guid? UnitId { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    /// <summary>sv or en.</summary>
    public required string Language { get; init; }

    public required string[] Roles { get; init; }

    /// <summary>The version of the person that name, address and language are of.</summary>
    public required long PersonVersion { get; init; }
}

internal sealed class KnownOrganisation
{
    public required Guid OrganisationId { get; init; }

    public required string Name { get; init; }
}

internal sealed class KnownCircle
{
    public required Guid CircleId { get; init; }

    public required string Title { get; init; }
}

internal sealed class CircleMember
{
    public required Guid CircleId { get; init; }

    public required Guid OrganisationId { get; init; }

    public Guid? UnitId { get; init; }

    public required string Role { get; init; }
}

internal sealed class CircleStanding
{
    public required Guid CircleId { get; init; }

    public required Guid PartyId { get; init; }

    public required Guid OrganisationId { get; init; }

    public Guid? UnitId { get; init; }

    /// <summary>The partnership's sequence number when it joined, or left.</summary>
    public required long Occasion { get; init; }

    public required bool HasLeft { get; init; }
}

internal sealed class Mapping : IEntityTypeConfiguration<InboxLine>, IEntityTypeConfiguration<Dismissal>,
    IEntityTypeConfiguration<KnownOrganisation>, IEntityTypeConfiguration<KnownCircle>, IEntityTypeConfiguration<CircleMember>,
    IEntityTypeConfiguration<CircleStanding>, IEntityTypeConfiguration<KnownRecipient>, IEntityTypeConfiguration<Mail>,
    IEntityTypeConfiguration<MailChoice>, IEntityTypeConfiguration<AccountLink>,
    IEntityTypeConfiguration<Webhook>, IEntityTypeConfiguration<WebhookDelivery>,
    IEntityTypeConfiguration<CalendarFeed>, IEntityTypeConfiguration<KeptDeadline>, IEntityTypeConfiguration<AccessibilityReport>
{
    public void Configure(EntityTypeBuilder<InboxLine> builder)
    {
        builder.HasKey(line => line.LineId);
        builder.Property(line => line.Arguments).HasColumnType("jsonb").HasConversion(
            new ValueConverter<IReadOnlyDictionary<string, string>, string>(
                words => JsonSerializer.Serialize(words, JsonSerializerOptions.Default), text => Words(text)),
            new ValueComparer<IReadOnlyDictionary<string, string>>(
                (one, other) => ReferenceEquals(one, other), words => words.Count));
    }

    public void Configure(EntityTypeBuilder<Dismissal> builder) =>
        builder.HasKey(dismissal => new { dismissal.LineId, dismissal.PersonId });

    public void Configure(EntityTypeBuilder<KnownOrganisation> builder) => builder.HasKey(known => known.OrganisationId);

    public void Configure(EntityTypeBuilder<KnownCircle> builder) => builder.ToTable("circle").HasKey(circle => circle.CircleId);

    public void Configure(EntityTypeBuilder<CircleMember> builder) => builder.HasNoKey();

    public void Configure(EntityTypeBuilder<CircleStanding> builder) =>
        builder.HasKey(standing => new { standing.CircleId, standing.PartyId });

    public void Configure(EntityTypeBuilder<KnownRecipient> builder) =>
        builder.ToTable("recipient").HasKey(one => one.MembershipId);

    public void Configure(EntityTypeBuilder<Mail> builder) => builder.ToTable("mail").HasKey(mail => mail.MailId);

    public void Configure(EntityTypeBuilder<AccountLink> builder) => builder.HasKey(link => link.LinkId);

    public void Configure(EntityTypeBuilder<MailChoice> builder) =>
        builder.ToTable("mail_choice").HasKey(choice => new { choice.PersonId, choice.OrganisationId });

    public void Configure(EntityTypeBuilder<AccessibilityReport> builder) => builder.HasKey(report => report.ReportId);

    public void Configure(EntityTypeBuilder<CalendarFeed> builder) =>
        builder.HasKey(feed => new { feed.PersonId, feed.OrganisationId });

    public void Configure(EntityTypeBuilder<KeptDeadline> builder) =>
        builder.ToTable("deadline").HasKey(deadline => deadline.DeadlineId);

    public void Configure(EntityTypeBuilder<Webhook> builder) => builder.ToTable("webhook").HasKey(one => one.WebhookId);

    public void Configure(EntityTypeBuilder<WebhookDelivery> builder) =>
        builder.ToTable("webhook_delivery").HasKey(one => one.DeliveryId);

    private static Dictionary<string, string> Words(string text) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(text) ?? [];
}
