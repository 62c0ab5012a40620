using Iop.Agreements.Domain;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Versions;

/// <summary>Every text that was ever opened for signature, the latest first.</summary>
internal static class ListVersions
{
    public sealed record View(IReadOnlyList<Item> Items);

    /// <param name="Current">The one that is open, signed or in force now.</param>
    public sealed record Item(
        int Number, string Hash, string? PreviousHash, DateTimeOffset OpenedAt, string? OpenedBy, int Signatures,
        string? DeclinedBecause, bool Current);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/agreements/{id:guid}/versions", Handle)
        .WithName(nameof(ListVersions));

    internal static async Task<Answer<View>> Handle(Guid id, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        var key = new AgreementId(id);
        if (await db.Agreements.AsNoTracking().SingleOrDefaultAsync(known => known.Id == key, cancel) is not { } agreement)
            return Refusal.NotFound;
        var versions = await db.Versions.AsNoTracking().Where(version => version.AgreementId == key)
            .OrderByDescending(version => version.Number)
            .Select(version => new { version.Number, version.Hash, version.PreviousHash, version.OpenedAt, version.OpenedBy })
            .ToListAsync(cancel);
        var signatures = await db.Signatures.Where(signature => signature.AgreementId == key)
            .GroupBy(signature => signature.VersionHash).Select(group => new { group.Key, Count = group.Count() })
            .ToListAsync(cancel);
        var declines = await db.Declines.AsNoTracking().Where(decline => decline.AgreementId == key)
            .Select(decline => new { decline.VersionHash, decline.Reason }).ToListAsync(cancel);
        var names = await viewer.NamesOf(versions.Select(version => version.OpenedBy).OfType<PersonRef>(), cancel);
        return new View(
        [
            .. versions.Select(version => new Item(
                version.Number, version.Hash, version.PreviousHash, version.OpenedAt, version.OpenedBy is { } by
                    ? names.GetValueOrDefault(by) : null,
                signatures.Find(known => known.Key == version.Hash)?.Count ?? 0,
                declines.Find(known => known.VersionHash == version.Hash)?.Reason,
                version.Hash == agreement.VersionHash)),
        ]);
    }
}
