using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Registry.Domain;
using Iop.Registry.Entries;
using Iop.Registry.Statistics;
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
        var states = (await new FiguresOfADay(db).On(clock.Today(), cancel)).Single(figure => figure.Code == "states");
        int In(string state) => states.Rows.Single(row => row.Key == state).Count;
        // Per legal person: four boards of one municipality are one municipality.
        var parties = db.Entries.SelectMany(entry => entry.Agreements).SelectMany(agreement => agreement.Parties);
        var byKind = await parties.Select(party => new { party.OrganisationId, party.Kind }).Distinct()
            .GroupBy(party => party.Kind).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
        var organisations = await parties.Select(party => party.OrganisationId).Distinct().CountAsync(cancel);
        var newest = await db.Entries.WithAll().OrderBy(entry => entry.Synthetic).ThenByDescending(entry => entry.PublishedAt)
            .ThenByDescending(entry => entry.EntryId)
            .Take(NewestMax).ToListAsync(cancel);
        var leftOut = In("presumed") + In("unknown");
        return new View(
            clock.Today(), In("active"), states.Base, organisations,
            byKind.GetValueOrDefault(OrganisationKind.IdeaDriven),
            byKind.GetValueOrDefault(OrganisationKind.Public), [.. newest.Select(EntryLine.Of)], states.Base - leftOut, leftOut);
    }
}
