using Iop.FollowUp.Domain.Indicators;
using Iop.FollowUp.Domain.Measuring;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.FollowUp.Storage;

internal sealed class OrganisationMapping : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> builder) => builder.HasKey(organisation => organisation.OrganisationId);
}

internal sealed class EndedAgreementMapping : IEntityTypeConfiguration<EndedAgreement>
{
    public void Configure(EntityTypeBuilder<EndedAgreement> builder) => builder.HasKey(ended => ended.AgreementId);
}

internal sealed class StanceMapping : IEntityTypeConfiguration<Stance>
{
    public void Configure(EntityTypeBuilder<Stance> builder) =>
        builder.HasKey(stance => new { stance.ContractId, stance.OrganisationId });
}

internal sealed class PlanMapping : IEntityTypeConfiguration<Plan>
{
    public void Configure(EntityTypeBuilder<Plan> builder)
    {
        builder.HasKey(plan => plan.Id);
        builder.Property(plan => plan.Id).HasColumnName("plan_id");
        builder.Property(plan => plan.Partnership).HasColumnName("partnership_id");
        builder.Property(plan => plan.Agreement).HasColumnName("agreement_id");
        builder.Ignore(plan => plan.Period);
    }
}

internal sealed class IndicatorMapping : IEntityTypeConfiguration<Indicator>
{
    public void Configure(EntityTypeBuilder<Indicator> builder)
    {
        builder.HasKey(indicator => indicator.Id);
        builder.Property(indicator => indicator.Id).HasColumnName("indicator_id");
        builder.Property(indicator => indicator.Plan).HasColumnName("plan_id");
        builder.Property(indicator => indicator.Partnership).HasColumnName("partnership_id");
        builder.Property(indicator => indicator.Baseline).HasPrecision(28, 8);
        builder.Property(indicator => indicator.Target).HasPrecision(28, 8);
        builder.HasMany(indicator => indicator.Reports).WithOne().HasForeignKey(report => report.Indicator);
        builder.Ignore(indicator => indicator.Current);
    }
}

internal sealed class ReportMapping : IEntityTypeConfiguration<Report>
{
    public void Configure(EntityTypeBuilder<Report> builder)
    {
        builder.HasKey(report => new { report.Indicator, report.PeriodKey, report.Number });
        builder.Property(report => report.Indicator).HasColumnName("indicator_id");
        builder.Property(report => report.Partnership).HasColumnName("partnership_id");
        builder.Property(report => report.Value).HasPrecision(28, 8);
        builder.Property(report => report.Numerator).HasPrecision(28, 8);
        builder.Property(report => report.Denominator).HasPrecision(28, 8);
    }
}

internal sealed class MeasuredContractMapping : IEntityTypeConfiguration<MeasuredContract>
{
    public void Configure(EntityTypeBuilder<MeasuredContract> builder)
    {
        builder.HasKey(contract => contract.Id);
        builder.Property(contract => contract.Id).HasColumnName("contract_id");
        builder.Property(contract => contract.Partnership).HasColumnName("partnership_id");
        builder.HasMany(contract => contract.Parties).WithOne().HasForeignKey(party => party.ContractId);
        builder.HasMany(contract => contract.Measures).WithOne().HasForeignKey(measure => measure.ContractId);
        builder.HasMany(contract => contract.Periods).WithOne().HasForeignKey(period => period.ContractId);
        builder.Ignore(contract => contract.Collections);
        builder.Ignore(contract => contract.HasCollections);
        builder.Ignore(contract => contract.Verifier);
        builder.Ignore(contract => contract.IsVerifiedIndependently);
    }
}

internal sealed class MeasuredPartyMapping : IEntityTypeConfiguration<MeasuredParty>
{
    public void Configure(EntityTypeBuilder<MeasuredParty> builder)
    {
        builder.HasKey(party => new { party.ContractId, party.Position });
        builder.Ignore(party => party.IsVerifier);
    }
}

internal sealed class MeasureMapping : IEntityTypeConfiguration<Measure>
{
    public void Configure(EntityTypeBuilder<Measure> builder)
    {
        builder.HasKey(measure => new { measure.ContractId, measure.Path });
        builder.Ignore(measure => measure.WrittenAs);
        builder.Ignore(measure => measure.Collection);
    }
}

internal sealed class MeasuringPeriodMapping : IEntityTypeConfiguration<MeasuringPeriod>
{
    public void Configure(EntityTypeBuilder<MeasuringPeriod> builder)
    {
        builder.HasKey(period => new { period.ContractId, period.Key });
        builder.Property(period => period.From).HasColumnName("from_on");
        builder.Property(period => period.To).HasColumnName("to_on");
        builder.Property(period => period.Final).HasColumnName("is_final");
    }
}

internal sealed class MeasurementMapping : IEntityTypeConfiguration<Measurement>
{
    public void Configure(EntityTypeBuilder<Measurement> builder)
    {
        builder.HasKey(measurement => measurement.Id);
        builder.Property(measurement => measurement.Id).HasColumnName("measurement_id");
        builder.HasMany(measurement => measurement.Figures).WithOne().HasForeignKey(figure => figure.Measurement);
        builder.HasMany(measurement => measurement.Files).WithOne().HasForeignKey(file => file.Measurement);
        builder.HasMany(measurement => measurement.ParticipantCounts).WithOne().HasForeignKey(count => count.Measurement);
        builder.HasMany(measurement => measurement.Evidence).WithOne().HasForeignKey(evidence => evidence.Measurement);
    }
}

internal sealed class FigureMapping : IEntityTypeConfiguration<Figure>
{
    public void Configure(EntityTypeBuilder<Figure> builder)
    {
        builder.HasKey(figure => new { figure.Measurement, figure.Path });
        builder.Property(figure => figure.Measurement).HasColumnName("measurement_id");
        builder.Ignore(figure => figure.MeasurePath);
    }
}

internal sealed class EvidenceMapping : IEntityTypeConfiguration<Evidence>
{
    public void Configure(EntityTypeBuilder<Evidence> builder)
    {
        builder.HasKey(evidence => new { evidence.Measurement, evidence.Position });
        builder.Property(evidence => evidence.Measurement).HasColumnName("measurement_id");
    }
}
