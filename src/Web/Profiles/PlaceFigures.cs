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

/// <summary>Where the 21 counties stand on the schematic map, in columns and rows from the north-west.</summary>
internal static class SwedenInTiles
{
    public const int Columns = 5;
    public const int Rows = 9;

    public static IReadOnlyDictionary<string, (int Column, int Row, string Letters)> Counties { get; } =
        new Dictionary<string, (int, int, string)>(StringComparer.Ordinal)
        {
            ["25"] = (3, 0, "BD"), ["24"] = (3, 1, "AC"), ["23"] = (2, 2, "Z"), ["22"] = (3, 2, "Y"), ["20"] = (2, 3, "W"),
            ["21"] = (3, 3, "X"), ["17"] = (0, 4, "S"), ["18"] = (1, 4, "T"), ["19"] = (2, 4, "U"), ["03"] = (3, 4, "C"),
            ["14"] = (0, 5, "O"), ["04"] = (2, 5, "D"), ["01"] = (3, 5, "AB"), ["13"] = (0, 6, "N"), ["06"] = (1, 6, "F"),
            ["05"] = (2, 6, "E"), ["09"] = (4, 6, "I"), ["12"] = (0, 7, "M"), ["07"] = (1, 7, "G"), ["08"] = (2, 7, "H"),
            ["10"] = (1, 8, "K"),
        };
}
