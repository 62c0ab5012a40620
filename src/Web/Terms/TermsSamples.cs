using Iop.Web.Texts;

namespace Iop.Web.Terms;

/// <summary>Texts to start from: real contracts, written in the terms language. Norrköping comes with figures that show what it
/// does.</summary>
internal static class TermsSamples
{
    private const string First = "norrkoping";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "TermsSamples");

    /// <summary>The samples' names, the first one first.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*.terms").Select(file =>
            Path.GetFileName(file).Split('.')[0]).Distinct(StringComparer.Ordinal)
            .OrderByDescending(name => name == First).ThenBy(name => name, StringComparer.Ordinal),
    ];

    /// <summary>A sample in the visitor's language, or in the one it was written in.</summary>
    public static Sample Find(string? name, string language)
    {
        var known = name is not null && Names.Contains(name, StringComparer.Ordinal) ? name : First;
        var file = new[] { language, Language.Other(language) }.Select(tongue =>
            Path.Combine(Folder, $"{known}.{tongue}.terms")).First(File.Exists);
        return new Sample(known, File.ReadAllText(file), known == First ? Norrkoping(language) : Empty);
    }

    private static IReadOnlyList<PeriodFigures> Empty { get; } =
        [.. new[] { "1", "2", "3" }.Select(period =>
            new PeriodFigures(period, new Dictionary<string, string>(StringComparer.Ordinal)))];

    private static IReadOnlyList<PeriodFigures> Norrkoping(string language)
    {
        var (yes, no) = language == Language.Swedish ? ("ja", "nej") : ("yes", "no");
        return
        [
            Year("2017", "5 000 000", "0", no),
            Year("2018", "10 000 000", "6 000 000", no),
            Year("2019", "10 000 000", "11 500 000", yes),
        ];

        static PeriodFigures Year(string year, string invested, string saved, string improved) => new(
            year, new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["invested"] = invested, ["savings"] = saved, ["school_results_improved"] = improved,
            });
    }
}

internal sealed record Sample(string Name, string Text, IReadOnlyList<PeriodFigures> Figures);
