using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Simulating;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.OutcomeFinance.Storage;

internal sealed class PlannedInvestmentMapping : IEntityTypeConfiguration<PlannedInvestment>
{
    public void Configure(EntityTypeBuilder<PlannedInvestment> builder)
    {
        builder.HasKey(one => one.InvestmentId);
        builder.Property(one => one.On).HasColumnName("paid_in_on");
        builder.HasOne<Party>().WithMany().HasForeignKey(one => one.PartyId);
    }
}

internal sealed class SimulationRunMapping : IEntityTypeConfiguration<SimulationRun>
{
    public void Configure(EntityTypeBuilder<SimulationRun> builder)
    {
        builder.ToTable("simulation");
        builder.HasKey(run => run.SimulationId);
        builder.Property(run => run.Assumptions).HasColumnType("jsonb");
        builder.Property(run => run.Result).HasColumnType("jsonb");
        builder.Ignore(run => run.IsOpen);
    }
}

internal sealed class ScenarioMapping : IEntityTypeConfiguration<Scenario>
{
    public void Configure(EntityTypeBuilder<Scenario> builder)
    {
        builder.HasKey(one => one.ScenarioId);
        builder.Property(one => one.Figures).HasColumnType("jsonb");
        builder.HasMany(one => one.Periods).WithOne().HasForeignKey(period => period.ScenarioId);
        builder.HasMany(one => one.Payments).WithOne().HasForeignKey(payment => payment.ScenarioId);
    }
}

internal sealed class ScenarioPeriodMapping : IEntityTypeConfiguration<ScenarioPeriod>
{
    public void Configure(EntityTypeBuilder<ScenarioPeriod> builder) =>
        builder.HasKey(period => new { period.ScenarioId, period.PeriodKey });
}

internal sealed class ScenarioPaymentMapping : IEntityTypeConfiguration<ScenarioPayment>
{
    public void Configure(EntityTypeBuilder<ScenarioPayment> builder) =>
        builder.HasKey(payment => new { payment.ScenarioId, payment.PeriodKey, payment.PayerPartyId, payment.PayeePartyId });
}
