using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Plans;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.Agreements.Storage;

internal sealed class DecisionMapping : IEntityTypeConfiguration<BodyDecision>
{
    public void Configure(EntityTypeBuilder<BodyDecision> builder)
    {
        builder.HasKey(decision => decision.Id);
        builder.Property(decision => decision.Id).HasColumnName("decision_id");
        builder.HasOne<Agreement>().WithMany().HasForeignKey(decision => decision.AgreementId);
    }
}

internal sealed class PlanMapping : IEntityTypeConfiguration<InterventionPlan>, IEntityTypeConfiguration<PlanVersion>,
    IEntityTypeConfiguration<PlanItem>, IEntityTypeConfiguration<PlanOverstep>
{
    public void Configure(EntityTypeBuilder<InterventionPlan> builder)
    {
        builder.HasKey(plan => plan.Id);
        builder.Property(plan => plan.Id).HasColumnName("plan_id");
        builder.Ignore(plan => plan.Period);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(plan => plan.AgreementId);
    }

    public void Configure(EntityTypeBuilder<PlanVersion> builder)
    {
        builder.HasKey(version => new { version.PlanId, version.Number });
        builder.Ignore(version => version.Text);
        builder.HasOne<InterventionPlan>().WithMany().HasForeignKey(version => version.PlanId);
        builder.HasOne<BodyDecision>().WithMany().HasForeignKey(version => version.DecisionId);
        builder.HasMany(version => version.Items).WithOne().HasForeignKey(item => new { item.PlanId, item.Number });
        builder.HasMany(version => version.Oversteps).WithOne().HasForeignKey(one => new { one.PlanId, one.Number });
    }

    public void Configure(EntityTypeBuilder<PlanItem> builder)
    {
        builder.HasKey(item => new { item.PlanId, item.Number, item.ItemId });
        builder.Ignore(item => item.Text);
    }

    public void Configure(EntityTypeBuilder<PlanOverstep> builder)
    {
        builder.HasKey(one => new { one.PlanId, one.Number, one.Position });
        builder.Ignore(one => one.Overstep);
    }
}

internal sealed class PreconditionMapping : IEntityTypeConfiguration<Precondition>, IEntityTypeConfiguration<TransitionTerm>,
    IEntityTypeConfiguration<PreconditionOutcome>
{
    public void Configure(EntityTypeBuilder<Precondition> builder)
    {
        builder.HasKey(precondition => precondition.Id);
        builder.Property(precondition => precondition.Id).HasColumnName("precondition_id");
        builder.HasOne<Agreement>().WithMany().HasForeignKey(precondition => precondition.AgreementId);
    }

    public void Configure(EntityTypeBuilder<TransitionTerm> builder)
    {
        builder.HasKey(term => new { term.PreconditionId, term.Position });
        builder.HasOne<Precondition>().WithMany().HasForeignKey(term => term.PreconditionId);
    }

    public void Configure(EntityTypeBuilder<PreconditionOutcome> builder)
    {
        builder.HasKey(outcome => new { outcome.PreconditionId, outcome.Position });
        builder.HasOne<Precondition>().WithMany().HasForeignKey(outcome => outcome.PreconditionId);
    }
}
