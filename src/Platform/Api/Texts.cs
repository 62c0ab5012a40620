using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Iop.Platform.Api;

/// <summary>What users read, by code, in Swedish and English: the service's Texts/sv.json and en.json, and those of its parts
/// (part.sv.json, part.en.json), over Platform's own.</summary>
public sealed class Texts
{
    private const NumberStyles Amounts = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
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
            text = text.Replace($"{{{name}}}", Written(value, language), StringComparison.Ordinal);
        return text;
    }

    /// <summary>An amount comes with two decimals after a point, and is read as people write it: 1 234,50.</summary>
    private static string Written(string value, string language)
    {
        if (value is not [.., '.', _, _] || !decimal.TryParse(value, Amounts, CultureInfo.InvariantCulture, out var amount))
            return value;
        var isWhole = amount == decimal.Truncate(amount);
        var text = amount.ToString(isWhole ? "#,0" : "#,0.00", CultureInfo.InvariantCulture).Replace(',', '\u00A0');
        return language == "sv" ? text.Replace('.', ',') : text;
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
