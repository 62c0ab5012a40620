using System.Text.Json;
using System.Text.RegularExpressions;

namespace Iop.Architecture.Tests;

/// <summary>How long data is kept is said in one document; it is what the code does, and what the page says to people.</summary>
public sealed partial class RetentionTests
{
    private const string Document = "docs/retention.md";
    private const string Page = "src/Web/About/Privacy.razor";

    [Fact]
    public void What_the_document_promises_stands_in_the_code()
    {
        var rows = Removed().Matches(Tree.Read(Document)).ToList();
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

    [Fact]
    public void The_page_has_the_rows_of_the_document_in_its_order()
    {
        var (document, page) = (Tree.Read(Document), Tree.Read(Page));
        Assert.Equal(KeysOf(Removed().Matches(document)), Listed(page, "Kept"));
        Assert.Equal(KeysOf(Kept().Matches(document)), Listed(page, "KeptForEver"));
    }

    [Fact]
    public void The_page_says_as_long_as_the_document()
    {
        var (sv, en) = (Texts("sv"), Texts("en"));
        var rows = Removed().Matches(Tree.Read(Document)).Select(row =>
            (Key: $"privacy.kept.{row.Groups["key"].Value}.long", Long: row.Groups["long"].Value)).ToList();
        Tree.MustBeEmpty(
            from row in rows
            where en[row.Key] != row.Long || FiguresOf(sv[row.Key]) != FiguresOf(row.Long)
            select $"{row.Key}: {row.Long} | {en[row.Key]} | {sv[row.Key]}",
            "The page promises something else than docs/retention.md:");
    }

    [Fact]
    public void The_page_says_why_something_is_kept_as_the_document_does()
    {
        var (sv, en) = (Texts("sv"), Texts("en"));
        Tree.MustBeEmpty(
            from row in Kept().Matches(Tree.Read(Document))
            let key = $"privacy.kept.{row.Groups["key"].Value}.why"
            where en[key] != row.Groups["why"].Value || sv[key].Length == 0
            select $"{key}: {row.Groups["why"].Value} | {en[key]}",
            "The page gives another reason than docs/retention.md:");
    }

    private static Dictionary<string, string> Texts(string language) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(Tree.Read($"src/Web/Texts/own.{language}.json"))!;

    private static IEnumerable<string> KeysOf(MatchCollection rows) => rows.Select(row => row.Groups["key"].Value);

    /// <summary>The words in the list of that name on the page.</summary>
    private static IEnumerable<string> Listed(string page, string list)
    {
        var from = page.IndexOf($"string[] {list} =", StringComparison.Ordinal);
        return Quoted().Matches(page[from..page.IndexOf(';', from)]).Select(word => word.Groups["word"].Value);
    }

    private static string FiguresOf(string text) => string.Join(' ', Figure().Matches(text).Select(figure => figure.Value));

    [GeneratedRegex(@"^\| (?<what>[^|]+) \| (?<long>[^|]+) \| `(?<file>[^`]+)` \| `(?<words>[^`]+)` \| `(?<key>\w+)` \|$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Removed();

    [GeneratedRegex(@"^\| (?<what>[^|`]+) \| (?<why>[^|`]+) \| `(?<key>\w+)` \|$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Kept();

    [GeneratedRegex(@"""(?<word>\w+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\d+", RegexOptions.None, 1000)]
    private static partial Regex Figure();

    [GeneratedRegex(@"""DELETE FROM \w+ WHERE (\w+ IS NOT NULL AND )?\w+_(at|on) < \$1", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Forgets();
}
