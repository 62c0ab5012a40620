using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.Agreements.Storage;

internal sealed class LifeMapping : IEntityTypeConfiguration<Change>, IEntityTypeConfiguration<InForce>,
    IEntityTypeConfiguration<Termination>, IEntityTypeConfiguration<Dispute>, IEntityTypeConfiguration<JointTalk>
{
    public void Configure(EntityTypeBuilder<Change> builder)
    {
        builder.HasKey(change => change.ChangeId);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(change => change.AgreementId);
    }

    public void Configure(EntityTypeBuilder<InForce> builder)
    {
        builder.HasKey(days => new { days.AgreementId, days.Hash });
        builder.HasOne<Agreement>().WithMany().HasForeignKey(days => days.AgreementId);
    }

    public void Configure(EntityTypeBuilder<Termination> builder)
    {
        builder.HasKey(termination => termination.TerminationId);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(termination => termination.AgreementId);
    }

    public void Configure(EntityTypeBuilder<Dispute> builder)
    {
        builder.HasKey(dispute => dispute.DisputeId);
        builder.HasOne<Termination>().WithMany().HasForeignKey(dispute => dispute.TerminationId);
    }

    public void Configure(EntityTypeBuilder<JointTalk> builder)
    {
        builder.HasKey(talk => talk.TalkId);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(talk => talk.AgreementId);
    }
}
