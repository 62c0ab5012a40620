using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Assessing;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Organisations;
using Iop.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Storage;

public sealed partial class AgreementsDb(DbContextOptions<AgreementsDb> options, TimeProvider clock) : ServiceDb(options, clock)
{
    public DbSet<KnownOrganisation> Organisations => Set<KnownOrganisation>();

    public DbSet<KnownUnit> Units => Set<KnownUnit>();

    public DbSet<KnownPerson> People => Set<KnownPerson>();

    public DbSet<Partnership> Partnerships => Set<Partnership>();

    public DbSet<Party> Parties => Set<Party>();

    public DbSet<Agreement> Agreements => Set<Agreement>();

    public DbSet<AgreementParty> AgreementParties => Set<AgreementParty>();

    public DbSet<Section> Sections => Set<Section>();

    public DbSet<Contribution> Contributions => Set<Contribution>();

    public DbSet<LegalAnswer> Answers => Set<LegalAnswer>();

    public DbSet<Approval> Approvals => Set<Approval>();

    public DbSet<AgreementVersion> Versions => Set<AgreementVersion>();

    public DbSet<Signature> Signatures => Set<Signature>();

    /// <summary>The agreement, held against every other change until the transaction ends.</summary>
    public Task<Agreement?> AgreementForUpdate(Guid id, CancellationToken cancel) =>
        Agreements.FromSql($"SELECT * FROM agreement WHERE agreement_id = {id} FOR UPDATE").SingleOrDefaultAsync(cancel);

    /// <summary>The agreement, held against transitions only: many may write at once, and none after the opening.</summary>
    public Task<Agreement?> AgreementForWriting(Guid id, CancellationToken cancel) =>
        Agreements.FromSql($"SELECT * FROM agreement WHERE agreement_id = {id} FOR KEY SHARE").SingleOrDefaultAsync(cancel);

    public Task<Partnership?> PartnershipForUpdate(Guid id, CancellationToken cancel) =>
        Partnerships.FromSql($"SELECT * FROM partnership WHERE partnership_id = {id} FOR UPDATE").SingleOrDefaultAsync(cancel);
}

/// <summary>A party of the partnership in one of its agreements.</summary>
public sealed class AgreementParty
{
    public required AgreementId AgreementId { get; init; }

    public required PartyId PartyId { get; init; }

    public required PartnershipId PartnershipId { get; init; }

    /// <summary>False when the party has left the text; versions it signed still name it.</summary>
    public bool InText { get; set; } = true;
}
