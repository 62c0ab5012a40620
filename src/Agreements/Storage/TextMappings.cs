using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Attachments;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Domain.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.Agreements.Storage;

internal sealed class BodyMapping : IEntityTypeConfiguration<Body>, IEntityTypeConfiguration<BodyMember>,
    IEntityTypeConfiguration<BodyItem>, IEntityTypeConfiguration<ItemStep>
{
    public void Configure(EntityTypeBuilder<BodyItem> builder)
    {
        builder.HasKey(item => item.Id);
        builder.Property(item => item.Id).HasColumnName("item_id");
        builder.HasOne<Body>().WithMany().HasForeignKey(item => item.BodyId);
    }

    public void Configure(EntityTypeBuilder<ItemStep> builder)
    {
        builder.ToTable("body_item_step").HasKey(step => step.StepId);
        builder.HasOne<BodyItem>().WithMany().HasForeignKey(step => step.ItemId);
    }

    public void Configure(EntityTypeBuilder<Body> builder)
    {
        builder.HasKey(body => body.Id);
        builder.Property(body => body.Id).HasColumnName("body_id");
        builder.Ignore(body => body.Rhythm).Ignore(body => body.IsAgreed);
        builder.HasOne<Partnership>().WithMany().HasForeignKey(body => body.PartnershipId);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(body => body.AgreementId);
    }

    public void Configure(EntityTypeBuilder<BodyMember> builder)
    {
        builder.HasKey(member => member.Id);
        builder.Property(member => member.Id).HasColumnName("member_id");
        builder.HasOne<Body>().WithMany().HasForeignKey(member => member.BodyId);
        builder.HasOne<Body>().WithMany().HasForeignKey(member => member.LinksTo);
        builder.HasOne<BodyMember>().WithMany().HasForeignKey(member => member.DeputyFor);
    }
}

internal sealed class FileMapping : IEntityTypeConfiguration<StoredFile>, IEntityTypeConfiguration<Attachment>,
    IEntityTypeConfiguration<VersionFile>
{
    public void Configure(EntityTypeBuilder<StoredFile> builder)
    {
        builder.HasKey(file => file.Id);
        builder.Property(file => file.Id).HasColumnName("file_id");
        builder.HasOne<Partnership>().WithMany().HasForeignKey(file => file.PartnershipId);
    }

    public void Configure(EntityTypeBuilder<Attachment> builder)
    {
        builder.HasKey(attachment => attachment.Id);
        builder.Property(attachment => attachment.Id).HasColumnName("attachment_id");
        builder.HasOne<Agreement>().WithMany().HasForeignKey(attachment => attachment.AgreementId);
        builder.HasOne<StoredFile>().WithMany().HasForeignKey(attachment => attachment.FileId);
    }

    public void Configure(EntityTypeBuilder<VersionFile> builder) =>
        builder.HasKey(file => new { file.AgreementId, file.VersionHash, file.FileId });
}

internal sealed class TextMapping : IEntityTypeConfiguration<Goal>, IEntityTypeConfiguration<Activity>,
    IEntityTypeConfiguration<Delivery>, IEntityTypeConfiguration<RoleAcceptance>
{
    public void Configure(EntityTypeBuilder<Delivery> builder)
    {
        builder.HasKey(delivery => delivery.DeliveryId);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(delivery => delivery.AgreementId);
        builder.HasOne<Delivery>().WithMany().HasForeignKey(delivery => delivery.Corrects);
    }

    public void Configure(EntityTypeBuilder<RoleAcceptance> builder)
    {
        builder.HasKey(acceptance => acceptance.AcceptanceId);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(acceptance => acceptance.AgreementId);
    }

    public void Configure(EntityTypeBuilder<Goal> builder)
    {
        builder.HasKey(goal => goal.Id);
        builder.Property(goal => goal.Id).HasColumnName("goal_id");
        builder.HasOne<Agreement>().WithMany().HasForeignKey(goal => goal.AgreementId);
        builder.HasOne<Goal>().WithMany().HasForeignKey(goal => goal.PartOf);
    }

    public void Configure(EntityTypeBuilder<Activity> builder)
    {
        builder.HasKey(activity => activity.Id);
        builder.Property(activity => activity.Id).HasColumnName("activity_id");
        builder.HasOne<Agreement>().WithMany().HasForeignKey(activity => activity.AgreementId);
    }
}
