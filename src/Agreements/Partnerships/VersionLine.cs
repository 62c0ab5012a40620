using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Partnerships;

/// <summary>A version without its text, and the days it was in force.</summary>
internal sealed record VersionLine(
    AgreementId AgreementId, int Number, string Hash, string? PreviousHash, string AssessedHash, ChangeKind Kind, Binding BindsBy,
    ChangeId? ChangeId, DateOnly? EffectiveOn, DateTimeOffset OpenedAt, DateOnly? InForceFrom, DateOnly? InForceTo)
{
    public static async Task<ILookup<AgreementId, VersionLine>> OfAll(AgreementsDb db, List<AgreementId> agreements,
        CancellationToken cancel)
    {
        var rows = await (
            from version in db.Versions.AsNoTracking()
            where agreements.Contains(version.AgreementId)
            join days in db.InForce.AsNoTracking()
                on new { version.AgreementId, version.Hash } equals new { days.AgreementId, days.Hash } into known
            from days in known.DefaultIfEmpty()
            orderby version.Number
            select new VersionLine(version.AgreementId, version.Number, version.Hash, version.PreviousHash, version.AssessedHash,
                version.Kind, version.BindsBy, version.ChangeId, version.EffectiveOn, version.OpenedAt,
                days == null ? null : days.FromDay, days == null ? null : days.ToDay)).ToListAsync(cancel);
        return rows.ToLookup(row => row.AgreementId);
    }
}
