using System.Collections.Frozen;
using System.Text.Json;

namespace Iop.Web.Texts;

/// <summary>Everything the pages say, by key, in Swedish and in English.</summary>
internal sealed class TextCatalogue
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> _languages;

    private TextCatalogue(FrozenDictionary<string, FrozenDictionary<string, string>> languages) => _languages = languages;

    public static TextCatalogue Load(string folder) => new(Language.All.ToFrozenDictionary(
        language => language,
        language => Directory.GetFiles(Path.Combine(folder, "Texts"), $"*{language}.json").SelectMany(Read)
            .ToFrozenDictionary(StringComparer.Ordinal),
        StringComparer.Ordinal));

    /// <summary>The text, or null when the key is unknown.</summary>
    public string? Find(string language, string key) => _languages[language].GetValueOrDefault(key);

    /// <summary>Reads one flat file of key and text.</summary>
    internal static FrozenDictionary<string, string> Read(string file)
    {
        using var stream = File.OpenRead(file);
        var texts = JsonSerializer.Deserialize<Dictionary<string, string>>(stream) ?? [];
        return texts.ToFrozenDictionary(StringComparer.Ordinal);
    }
}

/// <summary>The two languages of the pages.</summary>
internal static class Language
{
    public const string Swedish = "sv";
    public const string English = "en";

    public static IReadOnlyList<string> All { get; } = [Swedish, English];

    public static string Other(string language) => language == Swedish ? English : Swedish;

    /// <summary>The first language of an Accept-Language header that we speak; Swedish otherwise.</summary>
    public static string FromHeader(string? header) =>
        (header ?? "").Split(',', LanguagesMax + 1).Take(LanguagesMax)
            .Select(part => part.Split(';')[0].Trim().Split('-')[0])
            .FirstOrDefault(tag => All.Contains(tag, StringComparer.OrdinalIgnoreCase))?.ToLowerInvariant() ?? Swedish;

    private const int LanguagesMax = 10;
}
