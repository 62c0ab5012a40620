using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Iop.Web.Texts;

namespace Iop.Web.Problems;

/// <summary>Every way a service can say no, in words: the services' own texts, gathered when Web is built.</summary>
internal sealed partial class ProblemCatalogue
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> _languages;

    private ProblemCatalogue(FrozenDictionary<string, FrozenDictionary<string, string>> languages) => _languages = languages;

    public static ProblemCatalogue Load(string folder)
    {
        var texts = Path.Combine(folder, "ProblemTexts");
        var files = Directory.Exists(texts) ? Directory.GetFiles(texts, "*.json", SearchOption.AllDirectories) : [];
        return new(Language.All.ToFrozenDictionary(
            language => language,
            language => files.Where(file =>
                Path.GetFileName(file) is { } name
                && (name == $"{language}.json" || name.EndsWith($".{language}.json", StringComparison.Ordinal)))
                .SelectMany(TextCatalogue.Read)
                .GroupBy(text => text.Key, StringComparer.Ordinal)
                .ToFrozenDictionary(same => same.Key, same => same.First().Value, StringComparer.Ordinal),
            StringComparer.Ordinal));
    }

    /// <summary>The sentence of a code, with its named values in braces; null when no service says it.</summary>
    public string? Find(string language, string code) => _languages[language].GetValueOrDefault(code);

    /// <summary>A sentence to be read by itself: named values stand as an ellipsis.</summary>
    public string? Sentence(string language, string code) => Find(language, code) is { } text
        ? Values().Replace(text, "…")
        : null;

    /// <summary>What can be done by anybody, by name: the operations of all services that change something.</summary>
    public IReadOnlyList<(string Name, string Text)> Acts(string language) =>
        [.. _languages[language].Where(text => text.Key.StartsWith(Operation, StringComparison.Ordinal)
                && !text.Key.EndsWith(".description", StringComparison.Ordinal)
                && !Reading.Any(verb => text.Key.StartsWith(Operation + verb, StringComparison.Ordinal)))
            .Select(text => (text.Key[Operation.Length..], text.Value)).OrderBy(act => act.Value, StringComparer.CurrentCulture)];

    /// <summary>The codes that can stand in a problem's type.</summary>
    public IReadOnlyList<string> Codes =>
        [.. _languages[Language.Swedish].Keys.Where(code =>
            !Descriptive.Contains(code.Split('.')[0]) && !code.EndsWith(".title", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    private const string Operation = "operation.";
    private static readonly string[] Reading = ["Show", "List", "Find", "Count", "Search", "Read", "Name"];

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Values();

    // Families of texts that name things; no service says no with them.
    private static readonly FrozenSet<string> Descriptive = FrozenSet.ToFrozenSet(
        ["api", "area", "figure", "label", "line", "operation", "outcome", "page", "section", "status", "terms", "test", "trace"],
        StringComparer.Ordinal);
}
