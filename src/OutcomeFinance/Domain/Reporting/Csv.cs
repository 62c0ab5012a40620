using System.Buffers;
using System.Text;
using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Reporting;

/// <summary>A table for a spreadsheet. Swedish: semicolons and decimal comma, as Swedish spreadsheets read; English: commas and
/// decimal point. Text that a spreadsheet would take for a formula is made text by an apostrophe.</summary>
internal sealed class Csv(bool isSwedish)
{
    private const string Formulas = "=+-@\t\r";
    private static readonly SearchValues<char> Quotable = SearchValues.Create("\";,\r\n'");
    private readonly StringBuilder _rows = new();
    private char Separator => isSwedish ? ';' : ',';

    public Csv Row(params IEnumerable<string?> cells)
    {
        _rows.AppendJoin(Separator, cells.Select(cell => Quoted(Harmless(cell ?? "")))).Append("\r\n");
        return this;
    }

    /// <summary>Text first, then amounts as numbers.</summary>
    public Csv Row(IEnumerable<string?> cells, params IEnumerable<Money?> amounts)
    {
        _rows.AppendJoin(Separator, [.. cells.Select(cell => Quoted(Harmless(cell ?? ""))), .. amounts.Select(Number)])
            .Append("\r\n");
        return this;
    }

    /// <summary>With a byte order mark, so that å, ä and ö are read as such.</summary>
    public byte[] Bytes() => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(_rows.ToString())];

    private string Number(Money? amount) => amount is not { } money ? ""
        : isSwedish ? money.ToDecimalString().Replace('.', ',') : money.ToDecimalString();

    private static string Harmless(string text) => text.Length > 0 && Formulas.Contains(text[0], StringComparison.Ordinal)
        ? "'" + text : text;

    private static string Quoted(string text) => text.AsSpan().ContainsAny(Quotable)
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
