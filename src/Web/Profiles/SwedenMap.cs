using System.Xml.Linq;
using Microsoft.Extensions.FileProviders;

namespace Iop.Web.Profiles;

/// <summary>The outlines of the 21 counties by their codes; drawn by Victor Cazanave (@svg-maps/sweden, CC BY 4.0), which the
/// page says.</summary>
internal sealed class SwedenMap
{
    public const string ViewBox = "0 0 346 793";
    public const string Source = "https://github.com/VictorCazanave/svg-maps";

    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["stockholm"] = "01", ["uppsala"] = "03", ["sodermanland"] = "04", ["ostergotland"] = "05", ["jonkoping"] = "06",
        ["kronoberg"] = "07", ["kalmar"] = "08", ["gotland"] = "09", ["blekinge"] = "10", ["skane"] = "12", ["halland"] = "13",
        ["vastra-gotaland"] = "14", ["varmland"] = "17", ["orebro"] = "18", ["vastmanland"] = "19", ["dalarna"] = "20",
        ["gavleborg"] = "21", ["vasternorrland"] = "22", ["jamtland"] = "23", ["vasterbotten"] = "24", ["norrbotten"] = "25",
    };

    private SwedenMap(IReadOnlyDictionary<string, string> outlines) => Outlines = outlines;

    public IReadOnlyDictionary<string, string> Outlines { get; }

    public static SwedenMap Load(IFileProvider files)
    {
        using var stream = files.GetFileInfo("lib/sweden.svg").CreateReadStream();
        var outlines = XDocument.Load(stream).Descendants().Where(one => one.Name.LocalName == "path").ToDictionary(
            one => Codes[one.Attribute("id")!.Value.Replace(' ', '-')], one => one.Attribute("d")!.Value, StringComparer.Ordinal);
        return outlines.Count == Codes.Count
            ? new SwedenMap(outlines)
            : throw new InvalidDataException($"The map has {outlines.Count} counties, not {Codes.Count}.");
    }
}
