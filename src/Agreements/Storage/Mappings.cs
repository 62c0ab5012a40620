using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Assessing;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.Agreements.Storage;

internal sealed class CopyMapping : IEntityTypeConfiguration<KnownOrganisation>, IEntityTypeConfiguration<KnownUnit>,
    IEntityTypeConfiguration<KnownPerson>
{
    public void Configure(EntityTypeBuilder<KnownOrganisation> builder) =>
        builder.ToTable("organisation").HasKey(organisation => organisation.OrganisationId);

    public void Configure(EntityTypeBuilder<KnownUnit> builder)
    {
        builder.ToTable("organisation_unit").HasKey(unit => unit.UnitId);
        builder.HasOne<KnownOrganisation>().WithMany().HasForeignKey(unit => unit.OrganisationId);
    }

    public void Configure(EntityTypeBuilder<KnownPerson> builder) => builder.ToTable("person").HasKey(person => person.PersonId);
}

internal sealed class PartnershipMapping : IEntityTypeConfiguration<Partnership>, IEntityTypeConfiguration<Party>
{
    public void Configure(EntityTypeBuilder<Partnership> builder)
    {
        builder.HasKey(partnership => partnership.Id);
        builder.Property(partnership => partnership.Id).HasColumnName("partnership_id");
    }

    public void Configure(EntityTypeBuilder<Party> builder)
    {
        builder.HasKey(party => party.Id);
        builder.Property(party => party.Id).HasColumnName("party_id");
        builder.HasOne<Partnership>().WithMany().HasForeignKey(party => party.PartnershipId);
    }
}

internal sealed class AgreementMapping : IEntityTypeConfiguration<Agreement>, IEntityTypeConfiguration<AgreementParty>,
    IEntityTypeConfiguration<Section>, IEntityTypeConfiguration<Contribution>
{
    public void Configure(EntityTypeBuilder<Agreement> builder)
    {
        builder.HasKey(agreement => agreement.Id);
        builder.Property(agreement => agreement.Id).HasColumnName("agreement_id");
        builder.Ignore(agreement => agreement.Frame).Ignore(agreement => agreement.IsFixed).Ignore(agreement => agreement.Term);
        builder.HasOne<Partnership>().WithMany().HasForeignKey(agreement => agreement.PartnershipId);
    }

    public void Configure(EntityTypeBuilder<AgreementParty> builder)
    {
        builder.HasKey(party => new { party.AgreementId, party.PartyId });
        builder.HasOne<Agreement>().WithMany().HasForeignKey(party => party.AgreementId);
        builder.HasOne<Party>().WithMany().HasForeignKey(party => party.PartyId);
    }

    public void Configure(EntityTypeBuilder<Section> builder)
    {
        builder.HasKey(section => new { section.AgreementId, section.Key });
        builder.Ignore(section => section.Status);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(section => section.AgreementId);
    }

    public void Configure(EntityTypeBuilder<Contribution> builder)
    {
        builder.HasKey(contribution => contribution.Id);
        builder.Property(contribution => contribution.Id).HasColumnName("contribution_id");
        builder.HasOne<Agreement>().WithMany().HasForeignKey(contribution => contribution.AgreementId);
    }
}

internal sealed class AssessmentMapping : IEntityTypeConfiguration<LegalAnswer>, IEntityTypeConfiguration<Approval>
{
    public void Configure(EntityTypeBuilder<LegalAnswer> builder)
    {
        builder.HasKey(answer => new { answer.AgreementId, answer.QuestionId });
        builder.HasOne<Agreement>().WithMany().HasForeignKey(answer => answer.AgreementId);
    }

    public void Configure(EntityTypeBuilder<Approval> builder)
    {
        builder.HasKey(approval => approval.ApprovalId);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(approval => approval.AgreementId);
    }
}

internal sealed class SigningMapping : IEntityTypeConfiguration<AgreementVersion>, IEntityTypeConfiguration<Signature>
{
    public void Configure(EntityTypeBuilder<AgreementVersion> builder)
    {
        builder.HasKey(version => new { version.AgreementId, version.Hash });
        builder.HasOne<Agreement>().WithMany().HasForeignKey(version => version.AgreementId);
        builder.HasOne<Change>().WithMany().HasForeignKey(version => version.ChangeId);
    }

    public void Configure(EntityTypeBuilder<Signature> builder)
    {
        builder.HasKey(signature => signature.SignatureId);
        builder.Ignore(signature => signature.Mandate);
        builder.HasOne<AgreementVersion>().WithMany()
            .HasForeignKey(signature => new { signature.AgreementId, signature.VersionHash });
    }
}
