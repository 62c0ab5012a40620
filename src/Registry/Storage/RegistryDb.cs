using Iop.Platform.Storage;
using Iop.Registry.Domain;
using Iop.Registry.Domain.Likeness;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.Registry.Storage;

public sealed class RegistryDb(DbContextOptions<RegistryDb> options, TimeProvider clock) : ServiceDb(options, clock)
{
    /// <summary>People read it in this order: å, ä, ö last.</summary>
    public const string Swedish = "sv-x-icu";

    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<Entry> Entries => Set<Entry>();

    public DbSet<EntryAgreement> Agreements => Set<EntryAgreement>();

    public DbSet<Correction> Corrections => Set<Correction>();

    public DbSet<RegisterImport> Imports => Set<RegisterImport>();

    public DbSet<EntryParty> Parties => Set<EntryParty>();
}

internal sealed class OrganisationMapping : IEntityTypeConfiguration<Organisation>, IEntityTypeConfiguration<OrganisationUnit>
{
    public void Configure(EntityTypeBuilder<Organisation> builder)
    {
        builder.HasMany(organisation => organisation.Units).WithOne().HasForeignKey(unit => unit.OrganisationId);
        builder.Navigation(organisation => organisation.Units).AutoInclude();
    }

    public void Configure(EntityTypeBuilder<OrganisationUnit> builder) => builder.HasKey(unit => unit.UnitId);
}

internal sealed class ImportMapping : IEntityTypeConfiguration<RegisterImport>
{
    public void Configure(EntityTypeBuilder<RegisterImport> builder) =>
        builder.ToTable("import").HasKey(import => import.ImportId);
}

internal sealed class ProposalMapping : IEntityTypeConfiguration<Proposal>
{
    public void Configure(EntityTypeBuilder<Proposal> builder) => builder.HasKey(proposal => proposal.ProposalId);
}

internal sealed class EntryMapping : IEntityTypeConfiguration<Entry>, IEntityTypeConfiguration<EntryAgreement>,
    IEntityTypeConfiguration<EntryParty>, IEntityTypeConfiguration<EntryResource>, IEntityTypeConfiguration<EntryChange>,
    IEntityTypeConfiguration<EntryDocument>
{
    public void Configure(EntityTypeBuilder<Entry> builder)
    {
        builder.Property(entry => entry.SortsOn).ValueGeneratedOnAddOrUpdate();
        builder.Ignore(entry => entry.Life);
        builder.Ignore(entry => entry.TakenOverFrom);
        // What is merged into another counts no more and stands in no list; its own page still finds it.
        builder.HasQueryFilter(entry => entry.MergedIntoEntryId == null);
        builder.HasMany(entry => entry.Documents).WithOne().HasForeignKey(document => document.EntryId);
        builder.HasMany(entry => entry.Agreements).WithOne().HasForeignKey(agreement => agreement.EntryId);
    }

    public void Configure(EntityTypeBuilder<EntryAgreement> builder)
    {
        builder.HasKey(agreement => agreement.AgreementId);
        builder.HasMany(agreement => agreement.Parties).WithOne().HasForeignKey(party => party.AgreementId);
        builder.HasMany(agreement => agreement.Resources).WithOne().HasForeignKey(resource => resource.AgreementId);
        builder.HasMany(agreement => agreement.Changes).WithOne().HasForeignKey(change => change.AgreementId);
    }

    public void Configure(EntityTypeBuilder<EntryDocument> builder) =>
        builder.HasKey(document => new { document.EntryId, document.Number });

    public void Configure(EntityTypeBuilder<EntryChange> builder) =>
        builder.HasKey(change => new { change.AgreementId, change.VersionHash });

    public void Configure(EntityTypeBuilder<EntryParty> builder) =>
        builder.HasKey(party => new { party.AgreementId, party.PartyId });

    public void Configure(EntityTypeBuilder<EntryResource> builder) =>
        builder.HasKey(resource => new { resource.AgreementId, resource.Number });
}
