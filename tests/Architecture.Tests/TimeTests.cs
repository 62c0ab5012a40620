using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Iop.Architecture.Tests;

/// <summary>Time is asked of <c>TimeProvider</c>, handed in; then tests can move it, and the demo can be played with the real
/// cases' dates.</summary>
public sealed partial class TimeTests
{
    [Fact]
    public void Nobody_looks_at_the_wall_clock() => Tree.MustBeEmpty(
        Tree.CSharp.Where(file => !file.IsTest).SelectMany(WallClocks), "The wall clock:");

    [Fact]
    public void No_page_looks_at_the_wall_clock() => Tree.MustBeEmpty(
        from file in Tree.Files
        where file.EndsWith(".razor", StringComparison.Ordinal) && WallClock().IsMatch(Tree.Read(file))
        select file,
        "The wall clock:");

    /// <summary>The database's clock is a wall clock too: it knows nothing of the demo's.</summary>
    [Fact]
    public void No_schema_looks_at_the_databases_clock() => Tree.MustBeEmpty(
        from file in Tree.Files
        where file.EndsWith(".sql", StringComparison.Ordinal)
        from line in Tree.Read(file).Split('\n')
        where DatabaseClock().IsMatch(line.Split("--")[0])
        select $"{file}: {line.Trim()}",
        "The database's clock:");

    [Fact]
    public void Rules_of_the_domain_never_await() => Tree.MustBeEmpty(
        from file in Tree.CSharp
        where file.IsDomain
        from awaiting in file.All<AwaitExpressionSyntax>()
        select file.At(awaiting),
        "What awaits is not a rule:");

    [Theory]
    [InlineData("var now = DateTime.Now;", true)]
    [InlineData("var now = System.DateTimeOffset.UtcNow;", true)]
    [InlineData("var day = DateTime.Today;", true)]
    [InlineData("var now = clock.GetUtcNow();", false)]
    [InlineData("var then = DateTime.MinValue;", false)]
    public void The_rule_of_the_clock_tells_apart(string code, bool looks) =>
        Assert.Equal(looks, WallClocks(CSharpFile.Of("src/X.cs", code)).Any());

    private static IEnumerable<string> WallClocks(CSharpFile file) =>
        from member in file.All<MemberAccessExpressionSyntax>()
        where WallClock().IsMatch(member.ToString())
        select $"{file.At(member)}: {member}";

    [GeneratedRegex(@"\b(DateTime\.(Now|UtcNow|Today)|DateTimeOffset\.(Now|UtcNow))\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WallClock();

    [GeneratedRegex(@"\b(now\(\)|current_timestamp|current_date|clock_timestamp\(\)|localtimestamp)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DatabaseClock();
}
