using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.Agreements.Storage;

internal sealed class LifeMapping : IEntityTypeConfiguration<Change>, IEntityTypeConfiguration<InForce>
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
}
