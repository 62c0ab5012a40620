using System.Collections.Frozen;
using System.Globalization;

namespace Iop.Registry.Places;

/// <summary>A county or municipality, with Statistics Sweden's code.</summary>
internal sealed record Place(string Code, string Name, string ShortName);

/// <summary>The 21 counties (län) and 290 municipalities (kommuner), read from the file that ships with the register.</summary>
internal static class PlaceList
{
    private const int CountyCodeLength = 2;

    private static readonly FrozenDictionary<string, Place> ByCode = Read()
        .ToFrozenDictionary(place => place.Code, StringComparer.Ordinal);

    public static StringComparer Swedish { get; } = StringComparer.Create(CultureInfo.GetCultureInfo("sv-SE"),
        CompareOptions.None);

    public static IReadOnlyList<Place> Counties { get; } = [.. Sorted(place => place.Code.Length == CountyCodeLength)];

    public static IReadOnlyList<Place> Municipalities { get; } = [.. Sorted(place => place.Code.Length != CountyCodeLength)];

    public static bool Has(string code) => ByCode.ContainsKey(code);

    public static string? NameOf(string? municipalityCode, string? countyCode) =>
        ByCode.GetValueOrDefault(municipalityCode ?? countyCode ?? "")?.Name;

    /// <summary>The municipality or region that calls itself so: "Enköpings kommun", "Göteborgs stad", "Region Skåne".</summary>
    public static Place? BodyNamed(string name) => ByName.GetValueOrDefault(name.Trim().ToLowerInvariant());

    private static readonly FrozenDictionary<string, Place> ByName = ByCode.Values
        .SelectMany(place => NamesOf(place).Select(name => (Name: name.ToLowerInvariant(), place)))
        .DistinctBy(pair => pair.Name, StringComparer.Ordinal)
        .ToFrozenDictionary(pair => pair.Name, pair => pair.place, StringComparer.Ordinal);

    private static IEnumerable<string> NamesOf(Place place) => place.Code.Length == CountyCodeLength
        ? [$"Region {place.ShortName}", $"Region {place.Name}", $"{place.ShortName}sregionen", $"{place.ShortName}regionen"]
        : [place.Name, place.Name.Replace(" kommun", " stad", StringComparison.Ordinal), $"{place.ShortName} stad",
            $"{place.ShortName} kommun"];

    private static IEnumerable<Place> Sorted(Func<Place, bool> which) =>
        ByCode.Values.Where(which).OrderBy(place => place.Name, Swedish);

    private static IEnumerable<Place> Read()
    {
        using var stream = typeof(PlaceList).Assembly.GetManifestResourceStream("places.csv")!;
        using var reader = new StreamReader(stream);
        reader.ReadLine(); // the heading
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split(';');
            yield return new Place(parts[0], parts[1], parts[2]);
        }
    }
}
