using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Iop.OutcomeFinance.Domain.Terms;

namespace Iop.Domain.Tests.OutcomeFinance.Terms;

/// <summary>Every code that can be said has a sentence in both languages, with the same named values.</summary>
public sealed partial class TextsTests
{
    [Fact]
    public void Both_languages_have_the_same_sentences_with_the_same_values()
    {
        var (swedish, english) = (Sentences("sv"), Sentences("en"));
        Assert.Equal(swedish.Keys.Order(), english.Keys.Order());
        foreach (var (code, sentence) in swedish) Assert.Equal(Values(sentence), Values(english[code]));
    }

    [Fact]
    public void Every_code_in_the_language_has_a_sentence()
    {
        var said = Sentences("sv").Keys.ToHashSet(StringComparer.Ordinal);
        var coded = typeof(TermsText).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("Iop.OutcomeFinance.Domain.Terms", StringComparison.Ordinal) == true)
            .SelectMany(type =>
                type.GetMethods(
                    BindingFlags.DeclaredOnly | BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public
                    | BindingFlags.NonPublic))
            .Cast<MethodBase>()
            .Concat(typeof(TermsText).Assembly.GetTypes()
                .SelectMany(type => type.GetConstructors(BindingFlags.Static | BindingFlags.NonPublic)))
            .SelectMany(Strings).Where(text => Code().IsMatch(text)).Distinct().ToList();
        Assert.True(coded.Count > 100, $"Only {coded.Count} codes were found in the compiled language.");
        Assert.Equal([], coded.Where(code => !said.Contains(code)));
    }

    private static IEnumerable<string> Strings(MethodBase method)
    {
        var body = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at + 4 < body.Length; at++)
        {
            if (body[at] != 0x72) continue; // ldstr
            string? text = null;
            try
            {
                text = method.Module.ResolveString(BitConverter.ToInt32(body, at + 1));
            }
            catch (ArgumentException)
            {
                // another instruction's operand
            }

            if (text is not null) yield return text;
        }
    }

    private static Dictionary<string, string> Sentences(string language) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(Resources.Read($"Texts.terms.{language}.json"))!;

    private static IEnumerable<string> Values(string sentence) =>
        Value().Matches(sentence).Select(match => match.Value).Distinct().Order();

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Value();

    [GeneratedRegex(@"^(terms|figure|trace)\.[a-z-]+$")]
    private static partial Regex Code();
}
