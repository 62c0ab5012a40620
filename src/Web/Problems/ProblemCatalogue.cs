using System.Collections.Frozen;
using Iop.Web.Texts;

namespace Iop.Web.Problems;

/// <summary>Every way a service can say no, in words: the services' own texts, gathered when Web is built.</summary>
internal sealed class ProblemCatalogue
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> _languages;

    private ProblemCatalogue(FrozenDictionary<string, FrozenDictionary<string, string>> languages) => _languages = languages;

    public static ProblemCatalogue Load(string folder)
    {
        var texts = Path.Combine(folder, "ProblemTexts");
        var files = Directory.Exists(texts) ? Directory.GetFiles(texts, "*.json") : [];
        return new(Language.All.ToFrozenDictionary(
            language => language,
            language => files.Where(file => file.EndsWith($".{language}.json", StringComparison.Ordinal))
                .SelectMany(TextCatalogue.Read)
                .GroupBy(text => text.Key, StringComparer.Ordinal)
                .ToFrozenDictionary(same => same.Key, same => same.First().Value, StringComparer.Ordinal),
            StringComparer.Ordinal));
    }

    /// <summary>The sentence of a code, with its named values shown as what they stand for.</summary>
    public string? Find(string language, string code) => _languages[language].GetValueOrDefault(code);

    public IReadOnlyList<string> Codes => [.. _languages[Language.Swedish].Keys.Order(StringComparer.Ordinal)];
}
