using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Registry.Domain;
using Iop.Registry.Entries;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Figures;

/// <summary>How many there are, as of today, on what base, and how many were left out because nobody has confirmed
/// them.</summary>
internal static class ShowFigures
{
    public sealed record View(
        DateOnly AsOf, int Active, int All, int Organisations, int IdeaDriven, int Public, IReadOnlyList<EntryLine> Newest,
        int Base, int LeftOut);

    private const int NewestMax = 5;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/figures", Handle).WithName(nameof(ShowFigures)).AllowAnonymous();

    internal static async Task<Answer<View>> Handle(RegistryDb db, TimeProvider clock, CancellationToken cancel)
    {
        var counts = await db.Entries.GroupBy(entry => entry.Status).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
        // Per legal person: four boards of one municipality are one municipality.
        var byKind = await db.Parties.Select(party => new { party.OrganisationId, party.Kind }).Distinct()
            .GroupBy(party => party.Kind).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
        var organisations = await db.Parties.Select(party => party.OrganisationId).Distinct().CountAsync(cancel);
        var newest = await db.Entries.WithAll().OrderByDescending(entry => entry.PublishedAt)
            .ThenByDescending(entry => entry.EntryId)
            .Take(NewestMax).ToListAsync(cancel);
        var (all, presumed) = (counts.Values.Sum(), counts.GetValueOrDefault(EntryStatus.Presumed));
        return new View(
            clock.Today(), counts.GetValueOrDefault(EntryStatus.Active), all, organisations,
            byKind.GetValueOrDefault(OrganisationKind.IdeaDriven),
            byKind.GetValueOrDefault(OrganisationKind.Public), [.. newest.Select(EntryLine.Of)], all - presumed, presumed);
    }
}
