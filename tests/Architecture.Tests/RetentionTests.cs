using System.Text.RegularExpressions;

namespace Iop.Architecture.Tests;

/// <summary>How long data is kept is said in one document, and it is what the code does.</summary>
public sealed partial class RetentionTests
{
    private const string Document = "docs/retention.md";

    [Fact]
    public void What_the_document_promises_stands_in_the_code()
    {
        var rows = Row().Matches(Tree.Read(Document)).ToList();
        Assert.True(rows.Count >= 10, $"Only {rows.Count} rows were read.");
        Tree.MustBeEmpty(
            from row in rows
            let file = row.Groups["file"].Value
            where !Tree.Has(file) || !Tree.Read(file).Contains(row.Groups["words"].Value, StringComparison.Ordinal)
            select $"{row.Groups["what"].Value}: {row.Groups["words"].Value} in {file}",
            "Not so in the code:");
    }

    [Fact]
    public void Every_table_that_is_emptied_by_age_is_in_the_document() => Tree.MustBeEmpty(
        from file in Tree.CSharp
        where file.Service is not null && Forgets().IsMatch(file.Text)
        where !Tree.Read(Document).Contains($"`{file.Path}`", StringComparison.Ordinal)
        select file.Path,
        "It removes by age, and docs/retention.md does not say so:");

    [GeneratedRegex(@"^\| (?<what>[^|]+) \| [^|]+ \| `(?<file>[^`]+)` \| `(?<words>[^`]+)` \|$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"""DELETE FROM \w+ WHERE (\w+ IS NOT NULL AND )?\w+_(at|on) < \$1", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Forgets();
}
