using System.Text.RegularExpressions;

namespace Iop.Architecture.Tests;

/// <summary>A decision without a guard is a wish, and a document that names what is not there misleads.</summary>
public sealed partial class DocumentTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/glossary.md")]
    [InlineData("docs/messages.md")]
    [InlineData("docs/terms-language.md")]
    public void The_document_is_there(string file) => Assert.True(Tree.Has(file), $"{file} is missing.");

    [Fact]
    public void Every_service_has_requests_to_try() => Tree.MustBeEmpty(
        Tree.Services.Select(service => $"docs/requests/{Kebab(service)}.http").Where(file => !Tree.Has(file)), "Missing:");

    [Fact]
    public void Decisions_are_numbered_without_gaps() => Assert.Equal(
        Enumerable.Range(1, Decisions().Count).Select(number => $"{number:0000}"),
        Decisions().Select(file => Path.GetFileName(file)[..4]),
        StringComparer.Ordinal);

    [Fact]
    public void Every_decision_says_what_holds_it() => Tree.MustBeEmpty(
        Decisions().Where(file => HeldBy(file) is null), "No “**Held by:**”:");

    [Fact]
    public void Every_decision_says_what_we_dislike_and_what_we_did_not_choose() => Tree.MustBeEmpty(
        from file in Decisions()
        from heading in new[] { "## Context", "## Decision", "## What we dislike", "## Not chosen" }
        where !Tree.Read(file).Contains(heading, StringComparison.Ordinal)
        select $"{file}: {heading}",
        "Missing heading:");

    [Fact]
    public void A_decision_is_one_page() => Tree.MustBeEmpty(
        Decisions().Where(file => Tree.Read(file).Split('\n').Length > 60), "More than a page:");

    [Fact]
    public void What_holds_a_decision_is_there() => Tree.MustBeEmpty(
        from file in Decisions()
        let guards = Quoted().Matches(HeldBy(file) ?? "").Select(quoted => quoted.Groups["text"].Value)
            .Where(text => text.Contains('/', StringComparison.Ordinal))
        from problem in guards.Any() ? guards.Where(guard => !Tree.Has(guard)) : ["names no file"]
        select $"{file}: {problem}",
        "The guard is not there:");

    [Fact]
    public void Links_between_documents_lead_somewhere() => Tree.MustBeEmpty(
        from file in Tree.Files
        where file.EndsWith(".md", StringComparison.Ordinal)
        from link in Link().Matches(Tree.Read(file)).Select(match => match.Groups["target"].Value)
        where !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith('#')
            && !link.StartsWith("mailto:", StringComparison.Ordinal)
        let target = Path.GetRelativePath(Tree.Root,
            Path.GetFullPath(Path.Combine(Tree.Root, Path.GetDirectoryName(file)!, link.Split('#')[0])))
        where !Tree.Has(target)
        select $"{file}: {link}",
        "A link that leads nowhere:");

    /// <summary>The list of what is born with a death date: <c>// Until 2027-03-01: …</c> needs a date that can be
    /// read.</summary>
    [Fact]
    public void What_is_temporary_says_until_when() => Tree.MustBeEmpty(
        from file in Tree.CSharp
        where !file.IsTest
        from match in Temporary().Matches(file.Text)
        where !DateOnly.TryParseExact(match.Groups["date"].Value, "yyyy-MM-dd", out _)
        select $"{file.Path}: {match.Value}",
        "Until when?");

    private static List<string> Decisions() =>
        [.. Tree.Files.Where(file =>
            file.StartsWith("docs/decisions/", StringComparison.Ordinal) && char.IsAsciiDigit(Path.GetFileName(file)[0]))];

    private static string? HeldBy(string file) =>
        Held().Match(Tree.Read(file)) is { Success: true } held ? held.Groups["guard"].Value : null;

    private static string Kebab(string name) => Capital().Replace(name, "-${capital}").TrimStart('-').ToLowerInvariant();

    [GeneratedRegex("(?<capital>[A-Z])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Capital();

    [GeneratedRegex(@"\*\*Held by:\*\*(?<guard>(.|\n)+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Held();

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"// Until (?<date>[^\s:]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Temporary();
}
