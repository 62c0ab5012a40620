using System.Text.Json;
using System.Text.RegularExpressions;

namespace Iop.Architecture.Tests;

/// <summary>What rings by the clock has a name that the operator can read.</summary>
public sealed partial class TimerTests
{
    [Theory]
    [InlineData("sv")]
    [InlineData("en")]
    public void Every_timer_of_every_service_has_a_name_on_the_operators_page(string language)
    {
        var texts = Tree.Read($"src/Web/Texts/operating.{language}.json");
        var names = JsonSerializer.Deserialize<Dictionary<string, string>>(texts)!;
        var kinds = Kinds().ToList();
        Assert.True(kinds.Count >= 10, $"Only {kinds.Count} timers found.");
        Tree.MustBeEmpty(kinds.Where(kind => !names.ContainsKey($"timer.{kind}")), "A timer without a name:");
        Tree.MustBeEmpty(names.Keys.Where(name => name.StartsWith("timer.", StringComparison.Ordinal))
            .Where(name => !kinds.Contains(name["timer.".Length..], StringComparer.Ordinal)), "A name of no timer:");
    }

    /// <summary>Each <c>AddTimer&lt;T&gt;(Class.Constant)</c> of a service, by the constant's value.</summary>
    private static IEnumerable<string> Kinds()
    {
        var files = Tree.CSharp.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal)
            && !file.Path.StartsWith("src/Platform/", StringComparison.Ordinal)).ToList();
        foreach (var added in files.SelectMany(file => AddTimer().Matches(file.Text)))
        {
            var (owner, constant) = (added.Groups["owner"].Value, added.Groups["constant"].Value);
            var value = files.Where(file => file.Text.Contains($"class {owner}", StringComparison.Ordinal))
                .Select(file => Regex.Match(
                    file.Text, $"const string {constant} = \"([a-z-]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1)))
                .FirstOrDefault(match => match.Success);
            Assert.True(value is not null, $"The kind {owner}.{constant} was not found.");
            yield return value!.Groups[1].Value;
        }
    }

    [GeneratedRegex(@"AddTimer<\w+>\((?<owner>\w+)\.(?<constant>\w+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AddTimer();
}
