using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Registry.Entries;
using Iop.Registry.OpenData;
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
        api.MapGet("/figures", Handle).WithName(nameof(ShowFigures)).AllowAnonymous().FollowsTheRegister();

    internal static async Task<Answer<View>> Handle(RegistryDb db, TimeProvider clock, CancellationToken cancel)
    {
        var kept = await new FiguresOfADay(db).On(clock.Today(), cancel);
        var states = kept.Figures.Single(figure => figure.Code == "states");
        int In(string state) => states.Rows.Single(row => row.Key == state).Count;
        var newest = await db.Entries.OrderBy(entry => entry.Synthetic).ThenByDescending(entry => entry.PublishedAt)
            .ThenByDescending(entry => entry.EntryId).Take(NewestMax).Select(entry => entry.EntryId).ToListAsync(cancel);
        var leftOut = In("presumed") + In("unknown");
        return new View(
            clock.Today(), In("active"), states.Base, kept.Holds.Organisations, kept.Holds.IdeaDriven, kept.Holds.Public,
            [.. (await db.Lines(newest, cancel)).Select(EntryLine.Of)], states.Base - leftOut, leftOut);
    }
}
