namespace Iop.Web.Contracts;

/// <summary>A table as it is pasted from a spreadsheet: columns parted by tabs, semicolons or commas, names on the first
/// row.</summary>
/// <param name="Head">The names of the columns, without the first.</param>
/// <param name="Rows">Each row's cells, the key first.</param>
/// <param name="Lines">On which line of what was pasted each row stands.</param>
internal sealed record PastedTable(
    IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<int> Lines)
{
    private static readonly char[] Separators = ['\t', ';', ','];

    /// <param name="pasted">What somebody pasted.</param>
    /// <param name="known">Names as the contract has them; a heading that only looks otherwise is one of them.</param>
    public static PastedTable Read(string pasted, IReadOnlyList<string> known)
    {
        var lines = pasted.ReplaceLineEndings("\n").Split('\n').Index().Where(line => !string.IsNullOrWhiteSpace(line.Item))
            .ToList();
        if (lines.Count == 0) return new PastedTable([], [], []);
        var separator = Separators.FirstOrDefault(one => lines[0].Item.Contains(one), '\t');
        var head = Cells(lines[0].Item, separator).Skip(1).Select(name =>
            known.FirstOrDefault(one => Plain(one) == Plain(name)) ?? name).ToList();
        var rows = lines.Skip(1).Select(line => (line.Index, Cells: Cells(line.Item, separator))).ToList();
        return new PastedTable(head, [.. rows.Select(row => Filled(row.Cells, head.Count + 1))],
            [.. rows.Select(row => row.Index + 1)]);
    }

    private static List<string> Cells(string line, char separator) =>
        [.. line.Split(separator).Select(cell => cell.Trim().Trim('"').Trim('\uFEFF'))];

    /// <summary>Spreadsheets leave out empty cells at the end of a row.</summary>
    private static List<string> Filled(List<string> cells, int wanted)
    {
        while (cells.Count > wanted && cells[^1].Length == 0) cells.RemoveAt(cells.Count - 1);
        while (cells.Count > 1 && cells.Count < wanted) cells.Add("");
        return cells;
    }

    private static string Plain(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
