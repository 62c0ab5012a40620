using Iop.FollowUp.Domain.Meetings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.FollowUp.Storage;

internal sealed class MeetingMapping : IEntityTypeConfiguration<Meeting>, IEntityTypeConfiguration<MeetingChange>,
    IEntityTypeConfiguration<MeetingMinutes>, IEntityTypeConfiguration<MeetingAction>
{
    public void Configure(EntityTypeBuilder<Meeting> builder)
    {
        builder.HasKey(meeting => meeting.Id);
        builder.Property(meeting => meeting.Id).HasColumnName("meeting_id");
        builder.Property(meeting => meeting.Plan).HasColumnName("plan_id");
        builder.Property(meeting => meeting.Partnership).HasColumnName("partnership_id");
        builder.Ignore(meeting => meeting.Time);
        builder.HasMany(meeting => meeting.Changes).WithOne().HasForeignKey(change => change.Meeting);
        builder.HasMany(meeting => meeting.Minutes).WithOne().HasForeignKey(minutes => minutes.Meeting);
        builder.HasMany(meeting => meeting.Actions).WithOne().HasForeignKey(action => action.Meeting);
    }

    public void Configure(EntityTypeBuilder<MeetingChange> builder)
    {
        builder.HasKey(change => new { change.Meeting, change.Number });
        builder.Property(change => change.Meeting).HasColumnName("meeting_id");
        builder.Property(change => change.Partnership).HasColumnName("partnership_id");
    }

    public void Configure(EntityTypeBuilder<MeetingMinutes> builder)
    {
        builder.HasKey(minutes => new { minutes.Meeting, minutes.Number });
        builder.Property(minutes => minutes.Meeting).HasColumnName("meeting_id");
        builder.Property(minutes => minutes.Partnership).HasColumnName("partnership_id");
    }

    public void Configure(EntityTypeBuilder<MeetingAction> builder)
    {
        builder.HasKey(action => action.Id);
        builder.Property(action => action.Id).HasColumnName("action_id");
        builder.Property(action => action.Meeting).HasColumnName("meeting_id");
        builder.Property(action => action.Partnership).HasColumnName("partnership_id");
        builder.Property(action => action.Organisation).HasColumnName("organisation_id");
        builder.Ignore(action => action.IsDone);
        builder.Ignore(action => action.ReminderOn);
    }
}
