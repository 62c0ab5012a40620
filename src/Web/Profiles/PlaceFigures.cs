using Iop.Web.Statistics;

namespace Iop.Web.Profiles;

/// <summary>What the statistics say of one place as a party: how many run, how many there have been, how many per
/// inhabitant.</summary>
public sealed record PlaceFigures(int Active, int Ever, decimal? PerInhabitants)
{
    private static readonly PlaceFigures None = new(0, 0, null);

    public static PlaceFigures Of(FiguresOfDay figures, Place place)
    {
        var rows = (figures.Find(place.IsCounty ? "regions" : "municipalities")?.Rows ?? []).Where(row => row.Key == place.Code)
            .ToList();
        if (rows.Count == 0) return None;
        var active = rows.Find(row => row.Part == "active");
        return new PlaceFigures(active?.Count ?? 0, rows.Find(row => row.Part == "ever")?.Count ?? 0, active?.Value);
    }

    /// <summary>None, one, a few, several, many: what a colour can say; the table says the rest.</summary>
    public int Step => Active switch { 0 => 0, 1 => 1, < 5 => 2, < 10 => 3, _ => 4 };
}
