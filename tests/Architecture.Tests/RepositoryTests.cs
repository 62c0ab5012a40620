using System.Text.RegularExpressions;

namespace Iop.Architecture.Tests;

/// <summary>A fresh clone anywhere must do: nothing names a place outside the repository, and where packages come from is each
/// builder's own.</summary>
public sealed partial class RepositoryTests
{
    private static readonly string[] Binary = [".woff2", ".png", ".jpg", ".ico", ".pdf", ".gz", ".br"];

    [Fact]
    public void Nothing_names_a_path_outside() => Tree.MustBeEmpty(Matches(PathOfAMachine()), "A path of somebody's machine:");

    [Fact]
    public void Nothing_names_where_packages_come_from() => Tree.MustBeEmpty(Matches(Registry()), "A package registry:");

    [Fact]
    public void The_lock_file_holds_no_addresses() => Tree.MustBeEmpty(
        Tree.Files.Where(file => file.EndsWith("package-lock.json", StringComparison.Ordinal)
            && Tree.Read(file).Contains("\"resolved\"", StringComparison.Ordinal)),
        "Addresses of downloads:");

    [Theory]
    [InlineData("cd /ho" + "me/anna/iop", true)]
    [InlineData(@"C:\Us" + @"ers\anna", true)]
    [InlineData("/health/live", false)]
    [InlineData("src/Platform/Storage", false)]
    public void The_rule_of_paths_tells_apart(string text, bool outside) => Assert.Equal(outside, PathOfAMachine().IsMatch(text));

    private static IEnumerable<string> Matches(Regex what) =>
        from file in Tree.Files
        where !Binary.Contains(Path.GetExtension(file)) && !file.EndsWith("RepositoryTests.cs", StringComparison.Ordinal)
        from line in Tree.Read(file).Split('\n')
        where what.IsMatch(line)
        select $"{file}: {line.Trim()}";

    [GeneratedRegex(@"(?<![\w.])/(work|home|root|Users)/\w|[A-Z]:\\Users\\", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PathOfAMachine();

    [GeneratedRegex(@"https?://[^/\s""]*(nuget|npmjs|registry\.|artifactory|nexus|pypi)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Registry();
}
