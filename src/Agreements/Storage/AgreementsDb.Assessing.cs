using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Advising;
using Iop.Agreements.Domain.Aid;
using Iop.Agreements.Domain.Assessing;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Iop.Agreements.Storage;

public sealed partial class AgreementsDb
{
    public DbSet<AidBooking> AidBookings => Set<AidBooking>();

    public DbSet<AidStatement> AidStatements => Set<AidStatement>();

    public DbSet<Ceiling> Ceilings => Set<Ceiling>();

    /// <summary>Everything granted to the single undertaking behind a number, whoever granted it.</summary>
    public async Task<IReadOnlyList<AidGranted>> AidOf(string number, CancellationToken cancel) =>
    [
        .. (await Database.SqlQuery<AidRow>($"SELECT granted_on, kind, euro_cent FROM aid_of({number})").ToListAsync(cancel))
            .Select(row => new AidGranted(row.GrantedOn, Enum.Parse<AidKind>(row.Kind), row.EuroCent)),
    ];

    public async Task<IReadOnlyCollection<Guid>> ThoseWhoseAidExceeds(Guid[] agreements, CancellationToken cancel) =>
        await Database.SqlQuery<Guid>($"""SELECT id AS "Value" FROM unnest({agreements}) AS id WHERE aid_exceeds(id)""")
            .ToListAsync(cancel);

    public async Task<IReadOnlyList<ExchangeRate>> Rates(CancellationToken cancel) =>
        [.. (await RecordedRates.OrderBy(rate => rate.RateId).ToListAsync(cancel)).Select(rate => rate.AsRate())];

    public DbSet<RecordedRate> RecordedRates => Set<RecordedRate>();

    public DbSet<InstrumentAnswer> InstrumentAnswers => Set<InstrumentAnswer>();

    public DbSet<Matter> Matters => Set<Matter>();

    public DbSet<Relation> Relations => Set<Relation>();

    public DbSet<ApprovedText> ApprovedTexts => Set<ApprovedText>();

    /// <summary>Whatever is changed is told in the history, and may void what lawyers have approved or parties confirmed;
    /// the database looks.</summary>
    public override async Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var edited = ChangeTracker.Entries().Where(IsAnEdit).Select(AgreementOf).OfType<AgreementId>().Distinct().ToList();
        var changes = ChangeLog.Of(ChangeTracker.Entries());
        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        await Tell(changes, cancellationToken);
        foreach (var agreement in edited.Select(agreement => agreement.Value))
        {
            await Database.ExecuteSqlAsync(
                $"SELECT tell_of_voided_approvals({agreement}), tell_of_changed_paper({agreement})", cancellationToken);
        }
        return saved;
    }

    private static bool IsAnEdit(EntityEntry entry) =>
        entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
        && entry.Entity is not (Approval or ApprovedText or AgreementVersion or Signature);

    private static AgreementId? AgreementOf(EntityEntry entry) => entry.Entity switch
    {
        Agreement agreement => agreement.Id,
        _ when entry.Metadata.FindProperty("AgreementId")?.ClrType == typeof(AgreementId) =>
            (AgreementId?)entry.Property("AgreementId").CurrentValue,
        _ => null,
    };
}

/// <summary>A rate as somebody recorded it: for all, or for an organisation's own bookings.</summary>
public sealed class RecordedRate
{
    public required Guid RateId { get; init; }

    public OrganisationRef? Organisation { get; init; }

    public required DateOnly Day { get; init; }

    public required long Millionths { get; init; }

    public required string Source { get; init; }

    public required PersonRef RecordedBy { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public ExchangeRate AsRate() => new(RateId, Day, Millionths, Source);
}

internal sealed class AidRow
{
    [System.ComponentModel.DataAnnotations.Schema.Column("granted_on")]
    public DateOnly GrantedOn { get; init; }

    [System.ComponentModel.DataAnnotations.Schema.Column("kind")]
    public string Kind { get; init; } = "";

    [System.ComponentModel.DataAnnotations.Schema.Column("euro_cent")]
    public long EuroCent { get; init; }
}
