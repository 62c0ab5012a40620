using System.Globalization;
using System.Net;
using System.Text;

namespace Iop.Printing;

/// <summary>A page to be printed: one title, headings, paragraphs, lists of facts and tables, in the order they are read; so that
/// the PDF is tagged, outlined and has a language and a title.</summary>
public sealed class PrintedHtml
{
    private readonly StringBuilder _page = new();

    /// <param name="language">sv or en: read aloud by it.</param>
    /// <param name="kind">What kind of document it is, above the title.</param>
    public PrintedHtml(string language, string kind, string title) => _page.Append(CultureInfo.InvariantCulture, $"""
        <!doctype html><html lang="{Safe(language)}"><head><meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>{Safe(title)}</title><style>{Style}</style></head><body>
        <p class="kind">{Safe(kind)}</p><h1>{Safe(title)}</h1>
        """);

    public PrintedHtml Heading(string text) => Add($"<h2>{Safe(text)}</h2>");

    public PrintedHtml SmallHeading(string text) => Add($"<h3>{Safe(text)}</h3>");

    /// <summary>A text with its paragraphs and line breaks.</summary>
    public PrintedHtml Text(string text)
    {
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
            Add($"<p>{Safe(paragraph).Replace("\n", "<br>", StringComparison.Ordinal)}</p>");
        return this;
    }

    public PrintedHtml Small(string text) => Add($"<p class=\"small\">{Safe(text)}</p>");

    /// <summary>A text where every blank and line break counts, such as terms.</summary>
    public PrintedHtml Verbatim(string text) => Add($"<pre>{Safe(text)}</pre>");

    /// <summary>Names with their values; a value may be several.</summary>
    public PrintedHtml Facts(params IEnumerable<(string Name, IReadOnlyList<string> Values)> facts)
    {
        Add("<dl>");
        foreach (var (name, values) in facts.Where(fact => fact.Values.Count > 0))
        {
            Add($"<dt>{Safe(name)}</dt>");
            foreach (var value in values) Add($"<dd>{Safe(value)}</dd>");
        }
        return Add("</dl>");
    }

    /// <summary>A table whose first column names its rows.</summary>
    public PrintedHtml Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Add($"<table><thead><tr>{string.Concat(columns.Select(column => $"<th scope=\"col\">{Safe(column)}</th>"))}</tr></thead><tbody>");
        foreach (var row in rows)
        {
            Add($"<tr><th scope=\"row\">{Safe(row[0])}</th>{string.Concat(row.Skip(1).Select(cell => $"<td>{Safe(cell)}</td>"))}</tr>");
        }
        return Add("</tbody></table>");
    }

    /// <summary>Who signed when on what decision.</summary>
    public PrintedHtml Signature(string party, string person, string decision) => Add(
        $"<section class=\"signature\"><h3>{Safe(party)}</h3><p>{Safe(person)}</p><p class=\"small\">{Safe(decision)}</p></section>");

    public PrintedHtml Hash(string hash) => Add($"<p class=\"hash\">{Safe(hash)}</p>");

    /// <summary>The whole page.</summary>
    public string End() => _page.Append("</body></html>").ToString();

    private PrintedHtml Add(string html)
    {
        _page.Append(html);
        return this;
    }

    private static string Safe(string text) => WebUtility.HtmlEncode(text);

    private const string Style =
        "@page{size:A4;margin:22mm 20mm;@bottom-right{content:counter(page) ' / ' counter(pages);font:9pt sans-serif}}"
        + "body{font:11pt/1.5 Inter,'Liberation Sans','DejaVu Sans',sans-serif;color:#111;font-variant-ligatures:none}"
        + "h1{font-size:22pt;line-height:1.2;margin:0 0 6mm}"
        + "h2{font-size:14pt;margin:8mm 0 2mm;break-after:avoid}"
        + "h3{font-size:11pt;margin:4mm 0 0}p{margin:0 0 3mm;orphans:3;widows:3}"
        + "pre{font:9pt/1.4 monospace;white-space:pre-wrap}"
        + ".kind{color:#14532d;font-weight:600;margin:0}.small{font-size:9pt;color:#333}"
        + ".hash{font:9pt monospace;word-break:break-all}"
        + "dt{font-weight:600;margin-top:2mm}dd{margin:0}table{border-collapse:collapse;width:100%}"
        + "th,td{text-align:left;vertical-align:top;padding:1.5mm 3mm 1.5mm 0;border-bottom:.3pt solid #999}"
        + ".signature{break-inside:avoid}";
}
