using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Iop.Kernel;
using Microsoft.AspNetCore.Http;

namespace Iop.Platform.Api;

/// <summary>What users read, by code, in Swedish and English: the service's Texts/sv.json and en.json, and those of its parts
/// (part.sv.json, part.en.json), over Platform's own.</summary>
public sealed class Texts
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> _byLanguage;

    public Texts(Assembly service) => _byLanguage =
        Languages.ToFrozenDictionary(language => language, language => Read(language, service), StringComparer.Ordinal);

    public static IReadOnlyList<string> Languages { get; } = ["sv", "en"];

    /// <summary>Codes known in a language, for the test that holds them complete.</summary>
    public IEnumerable<string> Codes(string language) => _byLanguage[language].Keys;

    /// <summary>The sentence with its named values put in, or null when the code has none.</summary>
    public string? Find(string language, string code, IReadOnlyDictionary<string, string>? arguments = null)
    {
        if (!_byLanguage[language].TryGetValue(code, out var text)) return null;
        foreach (var (name, value) in arguments ?? FrozenDictionary<string, string>.Empty)
            text = text.Replace($"{{{name}}}", Refusal.AsRead(value, language), StringComparison.Ordinal);
        return text;
    }

    /// <summary>Swedish unless the caller prefers English.</summary>
    public static string LanguageOf(HttpRequest request)
    {
        foreach (var wish in request.GetTypedHeaders().AcceptLanguage.OrderByDescending(wish => wish.Quality ?? 1))
        {
            if (wish.Value.StartsWith("sv", StringComparison.OrdinalIgnoreCase)) return "sv";
            if (wish.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase)) return "en";
        }
        return "sv";
    }

    private static FrozenDictionary<string, string> Read(string language, Assembly service)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var assembly in new[] { typeof(Texts).Assembly, service })
        {
            foreach (var name in assembly.GetManifestResourceNames()
                .Where(name => name.EndsWith($"{language}.json", StringComparison.Ordinal)))
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                foreach (var (code, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!) texts[code] = text;
            }
        }
        return texts.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
