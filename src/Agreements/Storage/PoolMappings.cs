using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Closing;
using Iop.Agreements.Domain.Plans;
using Iop.Agreements.Domain.Pool;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.Agreements.Storage;

internal sealed class PoolMapping : IEntityTypeConfiguration<SharedPool>, IEntityTypeConfiguration<PoolRate>,
    IEntityTypeConfiguration<PoolCriterion>, IEntityTypeConfiguration<PoolGrant>, IEntityTypeConfiguration<PoolEntry>
{
    public void Configure(EntityTypeBuilder<SharedPool> builder)
    {
        builder.HasKey(pool => pool.Id);
        builder.Property(pool => pool.Id).HasColumnName("pool_id");
        builder.HasOne<Agreement>().WithMany().HasForeignKey(pool => pool.AgreementId);
        builder.HasOne<BodyDecision>().WithMany().HasForeignKey(pool => pool.DecisionId);
    }

    public void Configure(EntityTypeBuilder<PoolRate> builder)
    {
        builder.HasKey(rate => rate.Id);
        builder.Property(rate => rate.Id).HasColumnName("rate_id");
        builder.Ignore(rate => rate.PerUnit);
        builder.HasOne<SharedPool>().WithMany().HasForeignKey(rate => rate.PoolId);
        builder.HasOne<BodyDecision>().WithMany().HasForeignKey(rate => rate.DecisionId);
    }

    public void Configure(EntityTypeBuilder<PoolCriterion> builder)
    {
        builder.HasKey(criterion => criterion.Id);
        builder.Property(criterion => criterion.Id).HasColumnName("criterion_id");
        builder.HasOne<SharedPool>().WithMany().HasForeignKey(criterion => criterion.PoolId);
        builder.HasOne<BodyDecision>().WithMany().HasForeignKey(criterion => criterion.DecisionId);
    }

    public void Configure(EntityTypeBuilder<PoolGrant> builder)
    {
        builder.HasKey(grant => grant.Id);
        builder.Property(grant => grant.Id).HasColumnName("grant_id");
        builder.Ignore(grant => grant.Amount);
        builder.HasOne<SharedPool>().WithMany().HasForeignKey(grant => grant.PoolId);
        builder.HasOne<BodyDecision>().WithMany().HasForeignKey(grant => grant.DecisionId);
        builder.HasOne<BodyDecision>().WithMany().HasForeignKey(grant => grant.ReleaseDecisionId);
    }

    public void Configure(EntityTypeBuilder<PoolEntry> builder)
    {
        builder.HasKey(entry => entry.Id);
        builder.Property(entry => entry.Id).HasColumnName("entry_id");
        builder.Ignore(entry => entry.Amount);
        builder.HasOne<SharedPool>().WithMany().HasForeignKey(entry => entry.PoolId);
        builder.HasOne<PoolRate>().WithMany().HasForeignKey(entry => entry.RateId);
        builder.HasOne<PoolGrant>().WithMany().HasForeignKey(entry => entry.GrantId);
        builder.HasOne<PoolEntry>().WithMany().HasForeignKey(entry => entry.Reverses);
    }
}

internal sealed class ClosingMapping : IEntityTypeConfiguration<ClosingReport>, IEntityTypeConfiguration<ExitStep>,
    IEntityTypeConfiguration<Settlement>, IEntityTypeConfiguration<SettlementLine>
{
    public void Configure(EntityTypeBuilder<ClosingReport> builder)
    {
        builder.HasKey(report => report.AgreementId);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(report => report.AgreementId);
    }

    public void Configure(EntityTypeBuilder<ExitStep> builder)
    {
        builder.HasKey(step => step.Id);
        builder.Property(step => step.Id).HasColumnName("exit_step_id");
        builder.Ignore(step => step.IsComplete);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(step => step.AgreementId);
    }

    public void Configure(EntityTypeBuilder<Settlement> builder)
    {
        builder.HasKey(settlement => settlement.AgreementId);
        builder.Ignore(settlement => settlement.Surplus).Ignore(settlement => settlement.Pool);
        builder.HasOne<BodyDecision>().WithMany().HasForeignKey(settlement => settlement.DecisionId);
        builder.HasMany(settlement => settlement.Lines).WithOne().HasForeignKey(line => line.AgreementId);
    }

    public void Configure(EntityTypeBuilder<SettlementLine> builder) =>
        builder.HasKey(line => new { line.AgreementId, line.Position });
}
