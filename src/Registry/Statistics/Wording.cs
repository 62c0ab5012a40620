using Iop.Platform.Api;
using Iop.Registry.Domain.Counting;
using Iop.Registry.Places;

namespace Iop.Registry.Statistics;

/// <summary>Figures in words: the name of each figure, group and part in the reader's language.</summary>
internal sealed class Wording(Texts texts, string language)
{
    private static readonly string[] ColumnKeys =
        ["as-of", "figure", "figure-name", "key", "key-name", "part", "part-name", "count", "of", "value", "base", "left-out"];

    public IReadOnlyList<string> Columns => [.. ColumnKeys.Select(column => Say($"statistics.column.{column}"))];

    public string Say(string key) => Find(key) ?? key;

    public string? Find(string key) => texts.Find(language, key);

    public ShowStatistics.FigureView ViewOf(Figure figure) => new(
        figure.Code, Say($"figure.{figure.Code}"), figure.Base, figure.LeftOut.Sum(one => one.Count),
        [.. figure.LeftOut.Select(one => new ShowStatistics.LeftOutView(one.Why, Say($"left-out.{one.Why}"), one.Count))],
        [.. figure.Rows.Select(row => new ShowStatistics.RowView(
            row.Key, row.Name ?? NameOf(row.Key), row.Part, row.Part.Length == 0 ? "" : NameOf(row.Part), row.Count, row.Of,
            row.Value))]);

    private string NameOf(string key) => key.Length is 2 or 4 && PlaceList.Has(key)
        ? key.Length == 2 ? PlaceList.NameOf(null, key)! : PlaceList.NameOf(key, null)!
        : Find($"group.{key}") ?? Find($"area.{key}") ?? key;
}

/// <summary>A cell of a table: quoted where needed; what a spreadsheet would take for a formula is said to be text.</summary>
internal static class CsvCell
{
    private static readonly System.Buffers.SearchValues<char> NeedsQuotes = System.Buffers.SearchValues.Create("\";,\n\r\t'");

    private const string FormulaStarts = "=+-@\t\r";

    public static string Of(string text)
    {
        var safe = text.Length > 0 && FormulaStarts.Contains(text[0], StringComparison.Ordinal) && !IsNumber(text)
            ? "'" + text : text;
        return safe.AsSpan().ContainsAny(NeedsQuotes)
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static bool IsNumber(string text) =>
        text.Skip(1).All(letter => char.IsAsciiDigit(letter) || letter is '.' or ',') && text.Length > 1 && text[0] is '-' or '+';
}
