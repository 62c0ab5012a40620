using System.Runtime.CompilerServices;
using System.Text;

namespace Iop.Registry.Importing;

/// <summary>Reads a table row by row, however long it is: never more than one row in memory, and a row has a largest
/// size.</summary>
internal sealed class CsvLines(TextReader text)
{
    public const int FieldMax = 20_000;
    private const int FieldsMax = 200;
    private char _separator;

    public sealed class TooLargeException(int row) : Exception
    {
        public int Row { get; } = row;
    }

    public sealed class UnclosedException(int row) : Exception
    {
        public int Row { get; } = row;
    }

    /// <summary>UTF-8 that must be right, UTF-16 by its mark, or Latin-1 where somebody says so.</summary>
    public static StreamReader Reader(Stream body, bool isLatin) => new(
        body, isLatin
            ? Encoding.Latin1 : new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);

    public async IAsyncEnumerable<List<string>> Read([EnumeratorCancellation] CancellationToken cancel)
    {
        var (row, fields, field, quoted, any) = (1, new List<string>(), new StringBuilder(), false, false);
        var buffer = new char[8_192];
        var afterQuote = false;
        for (int read; (read = await text.ReadAsync(buffer, cancel)) > 0;)
        {
            if (_separator == '\0') _separator = Separator(buffer.AsSpan(0, read));
            for (var at = 0; at < read; at++)
            {
                var letter = buffer[at];
                if (field.Length > FieldMax || fields.Count > FieldsMax) throw new TooLargeException(row);
                if (quoted)
                {
                    if (letter == '"') (quoted, afterQuote) = (false, true);
                    else field.Append(letter);
                }
                else if (letter == '"' && (afterQuote || field.Length == 0))
                {
                    if (afterQuote) field.Append('"');
                    (quoted, afterQuote, any) = (true, false, true);
                }
                else if (letter == _separator)
                {
                    Close();
                    any = true;
                }
                else if (letter == '\n')
                {
                    if (any || field.Length > 0)
                    {
                        Close();
                        yield return fields;
                        (fields, any) = ([], false);
                    }
                    row++;
                }
                else if (letter != '\r')
                {
                    field.Append(letter);
                    afterQuote = false;
                }
            }
        }
        if (quoted) throw new UnclosedException(row);
        if (!any && field.Length == 0) yield break;
        Close();
        yield return fields;

        void Close()
        {
            fields.Add(field.ToString());
            field.Clear();
            afterQuote = false;
        }
    }

    /// <summary>What parts the headings: the most frequent of the three.</summary>
    private static char Separator(ReadOnlySpan<char> beginning)
    {
        var end = beginning.IndexOf('\n');
        var line = end < 0 ? beginning : beginning[..end];
        var (semicolons, tabs, commas) = (line.Count(';'), line.Count('\t'), line.Count(','));
        return tabs > semicolons && tabs >= commas ? '\t' : commas > semicolons ? ',' : ';';
    }
}
