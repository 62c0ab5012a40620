using Iop.Web.Texts;

namespace Iop.Web.Terms;

/// <summary>Texts to start from, with figures that show what they do.</summary>
internal static class TermsSamples
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Terms", "Samples");

    public static IReadOnlyList<string> Names { get; } = ["norrkoping"];

    public static Sample Find(string? name, string language)
    {
        var known = name is not null && Names.Contains(name, StringComparer.Ordinal) ? name : Names[0];
        return new Sample(known, File.ReadAllText(Path.Combine(Folder, $"{known}.{language}.txt")), Norrkoping(language));
    }

    private static IReadOnlyList<PeriodFigures> Norrkoping(string language)
    {
        var (yes, no) = language == Language.Swedish ? ("ja", "nej") : ("yes", "no");
        return
        [
            Year("2017", "5 000 000", "0", no),
            Year("2018", "10 000 000", "6 000 000", no),
            Year("2019", "10 000 000", "11 500 000", yes),
        ];

        static PeriodFigures Year(string year, string invested, string saved, string improved) => new(year, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["investerat"] = invested, ["besparing"] = saved, ["skolresultat_förbättrade"] = improved,
        });
    }
}

internal sealed record Sample(string Name, string Text, IReadOnlyList<PeriodFigures> Figures);
