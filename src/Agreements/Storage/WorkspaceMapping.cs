using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Dialogue;
using Iop.Agreements.Domain.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.Agreements.Storage;

internal sealed class DialogueMapping : IEntityTypeConfiguration<DialogueEntry>, IEntityTypeConfiguration<PartnerChoice>,
    IEntityTypeConfiguration<Actor>, IEntityTypeConfiguration<Participation>, IEntityTypeConfiguration<Guest>
{
    public void Configure(EntityTypeBuilder<Guest> builder)
    {
        builder.HasKey(guest => guest.GuestId);
        builder.HasOne<Partnership>().WithMany().HasForeignKey(guest => guest.PartnershipId);
    }

    public void Configure(EntityTypeBuilder<DialogueEntry> builder)
    {
        builder.HasKey(entry => entry.EntryId);
        builder.HasOne<Partnership>().WithMany().HasForeignKey(entry => entry.PartnershipId);
    }

    public void Configure(EntityTypeBuilder<PartnerChoice> builder)
    {
        builder.HasKey(choice => choice.PartnershipId);
        builder.HasOne<Partnership>().WithOne().HasForeignKey<PartnerChoice>(choice => choice.PartnershipId);
    }

    public void Configure(EntityTypeBuilder<Actor> builder)
    {
        builder.HasKey(actor => actor.ActorId);
        builder.HasOne<Partnership>().WithMany().HasForeignKey(actor => actor.PartnershipId);
    }

    public void Configure(EntityTypeBuilder<Participation> builder)
    {
        builder.HasKey(participation => participation.ParticipationId);
        builder.HasOne<Partnership>().WithMany().HasForeignKey(participation => participation.PartnershipId);
    }
}

internal sealed class CommentMapping : IEntityTypeConfiguration<CommentThread>, IEntityTypeConfiguration<Comment>
{
    public void Configure(EntityTypeBuilder<CommentThread> builder)
    {
        builder.HasKey(thread => thread.ThreadId);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(thread => thread.AgreementId);
    }

    public void Configure(EntityTypeBuilder<Comment> builder)
    {
        builder.HasKey(comment => comment.CommentId);
        builder.HasOne<CommentThread>().WithMany().HasForeignKey(comment => comment.ThreadId);
    }
}

internal sealed class HistoryMapping : IEntityTypeConfiguration<ChangeEntry>
{
    public void Configure(EntityTypeBuilder<ChangeEntry> builder)
    {
        builder.ToTable("change_log").HasKey(change => change.Position);
        builder.Property(change => change.Fields).HasColumnType("jsonb");
    }
}
