using Iop.OutcomeFinance.Domain.Calculating;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Paying;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.OutcomeFinance.Storage;

internal sealed class OrganisationMapping : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> builder) => builder.HasKey(organisation => organisation.OrganisationId);
}

internal sealed class PersonMapping : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> builder) => builder.HasKey(person => person.PersonId);
}

internal sealed class OutcomeContractMapping : IEntityTypeConfiguration<OutcomeContract>
{
    public void Configure(EntityTypeBuilder<OutcomeContract> builder)
    {
        builder.HasKey(contract => contract.ContractId);
        builder.HasMany(contract => contract.Parties).WithOne().HasForeignKey(party => party.ContractId);
        builder.HasMany(contract => contract.WrittenPeriods).WithOne().HasForeignKey(period => period.ContractId);
        builder.HasMany(contract => contract.Investments).WithOne().HasForeignKey(one => one.ContractId);
        builder.HasMany(contract => contract.PublicCosts).WithOne().HasForeignKey(cost => cost.ContractId);
        builder.HasMany(contract => contract.Answers).WithOne().HasForeignKey(answer => answer.ContractId);
        builder.HasMany(contract => contract.Amendments).WithOne().HasForeignKey(amendment => amendment.ContractId);
        builder.HasMany(contract => contract.Approvals).WithOne().HasForeignKey(approval => approval.ContractId);
        builder.HasMany(contract => contract.Signatures).WithOne().HasForeignKey(signature => signature.ContractId);
        builder.Ignore(contract => contract.Signatories);
        builder.Ignore(contract => contract.SignaturesMissing);
        builder.Ignore(contract => contract.PublicParties);
        builder.Ignore(contract => contract.Roster);
        builder.Ignore(contract => contract.Periods);
        builder.Ignore(contract => contract.UnderWay);
        builder.Ignore(contract => contract.WhyNotAmended);
        builder.Ignore(contract => contract.WorkingNumber);
        builder.Ignore(contract => contract.IsBeingDrafted);
        builder.Ignore(contract => contract.Verifier);
        builder.Ignore(contract => contract.Editions);
        builder.Ignore(contract => contract.WorkingParties);
        builder.Ignore(contract => contract.NextNumber);
        builder.Ignore(contract => contract.LastDay);
        // Lists that are filled beside their property.
        builder.Navigation(contract => contract.WrittenPeriods).HasField("_periods");
        builder.Navigation(contract => contract.PublicCosts).HasField("_costs");
    }
}

internal sealed class PartyMapping : IEntityTypeConfiguration<Party>
{
    public void Configure(EntityTypeBuilder<Party> builder)
    {
        builder.ToTable("contract_party");
        builder.HasKey(party => party.Id);
        builder.Property(party => party.Id).HasColumnName("party_id");
        builder.Ignore(party => party.Verifies);
        // Tells EF to write the stance first; the database's own key holds the side as well.
        builder.HasOne<Stance>().WithMany().HasForeignKey(party => new { party.ContractId, party.OrganisationId });
    }
}

internal sealed class ContractPeriodMapping : IEntityTypeConfiguration<ContractPeriod>
{
    public void Configure(EntityTypeBuilder<ContractPeriod> builder)
    {
        builder.HasKey(period => new { period.ContractId, period.Key });
        builder.Property(period => period.From).HasColumnName("from_on");
        builder.Property(period => period.To).HasColumnName("to_on");
        builder.Property(period => period.Final).HasColumnName("is_final");
    }
}

internal sealed class StanceMapping : IEntityTypeConfiguration<Stance>
{
    public void Configure(EntityTypeBuilder<Stance> builder)
    {
        builder.HasKey(stance => new { stance.ContractId, stance.OrganisationId });
        builder.HasOne<OutcomeContract>().WithMany().HasForeignKey(stance => stance.ContractId);
    }
}

internal sealed class LegalApprovalMapping : IEntityTypeConfiguration<LegalApproval>
{
    public void Configure(EntityTypeBuilder<LegalApproval> builder) => builder.HasKey(approval => approval.ApprovalId);
}

internal sealed class ContractSignatureMapping : IEntityTypeConfiguration<ContractSignature>
{
    public void Configure(EntityTypeBuilder<ContractSignature> builder) => builder.HasKey(signature => signature.SignatureId);
}

internal sealed class ContractVersionMapping : IEntityTypeConfiguration<ContractVersion>
{
    public void Configure(EntityTypeBuilder<ContractVersion> builder) => builder.HasKey(version => version.Hash);
}

internal sealed class SignedContractMapping : IEntityTypeConfiguration<SignedContract>
{
    public void Configure(EntityTypeBuilder<SignedContract> builder) => builder.HasKey(signed => signed.ContractId);
}

internal sealed class VerifiedMeasurementMapping : IEntityTypeConfiguration<VerifiedMeasurement>
{
    public void Configure(EntityTypeBuilder<VerifiedMeasurement> builder)
    {
        builder.HasKey(measurement => measurement.MeasurementId);
        builder.HasMany(measurement => measurement.Figures).WithOne().HasForeignKey(figure => figure.MeasurementId);
    }
}

internal sealed class VerifiedFigureMapping : IEntityTypeConfiguration<VerifiedFigure>
{
    public void Configure(EntityTypeBuilder<VerifiedFigure> builder) =>
        builder.HasKey(figure => new { figure.MeasurementId, figure.Path });
}

internal sealed class RefusedMeasurementMapping : IEntityTypeConfiguration<RefusedMeasurement>
{
    public void Configure(EntityTypeBuilder<RefusedMeasurement> builder) => builder.HasKey(refused => refused.MeasurementId);
}

internal sealed class DestroyedParticipantsMapping : IEntityTypeConfiguration<DestroyedParticipants>
{
    public void Configure(EntityTypeBuilder<DestroyedParticipants> builder) => builder.HasKey(one => one.ContractId);
}

internal sealed class CalculationMapping : IEntityTypeConfiguration<Calculation>
{
    public void Configure(EntityTypeBuilder<Calculation> builder)
    {
        builder.HasKey(calculation => calculation.Id);
        builder.Property(calculation => calculation.Id).HasColumnName("calculation_id");
        builder.Property(calculation => calculation.Result).HasColumnType("jsonb");
        builder.HasOne<VerifiedMeasurement>().WithMany().HasForeignKey(calculation => calculation.MeasurementId);
    }
}

internal sealed class ObligationMapping : IEntityTypeConfiguration<Obligation>
{
    public void Configure(EntityTypeBuilder<Obligation> builder)
    {
        builder.HasKey(obligation => obligation.Id);
        builder.Property(obligation => obligation.Id).HasColumnName("obligation_id");
        // The convention writes attested_by1; the columns read better with their number apart.
        builder.Property(obligation => obligation.AttestedBy1).HasColumnName("attested_by_1");
        builder.Property(obligation => obligation.AttestedAt1).HasColumnName("attested_at_1");
        builder.Property(obligation => obligation.AttestedBy2).HasColumnName("attested_by_2");
        builder.Property(obligation => obligation.AttestedAt2).HasColumnName("attested_at_2");
        builder.HasOne<Calculation>().WithMany().HasForeignKey(obligation => obligation.CalculationId);
        builder.Ignore(obligation => obligation.Amount);
        builder.Ignore(obligation => obligation.AttestationsMissing);
    }
}

internal sealed class TransferMapping : IEntityTypeConfiguration<Transfer>
{
    public void Configure(EntityTypeBuilder<Transfer> builder)
    {
        builder.HasKey(transfer => transfer.TransferId);
        builder.HasOne<Obligation>().WithMany().HasForeignKey(transfer => transfer.ObligationId);
        builder.HasOne<Calculation>().WithMany().HasForeignKey(transfer => transfer.CalculationId);
    }
}
