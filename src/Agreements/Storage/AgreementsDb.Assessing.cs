using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Assessing;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Iop.Agreements.Storage;

public sealed partial class AgreementsDb
{
    public DbSet<ApprovedText> ApprovedTexts => Set<ApprovedText>();

    /// <summary>Whatever is changed is told in the history, and may void what its lawyers have approved; the database
    /// looks.</summary>
    public override async Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var edited = ChangeTracker.Entries().Where(IsAnEdit).Select(AgreementOf).OfType<AgreementId>().Distinct().ToList();
        var changes = ChangeLog.Of(ChangeTracker.Entries());
        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        await Tell(changes, cancellationToken);
        foreach (var agreement in edited)
            await Database.ExecuteSqlAsync($"SELECT tell_of_voided_approvals({agreement.Value})", cancellationToken);
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
