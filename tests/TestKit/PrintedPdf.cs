using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Iop.TestKit;

/// <summary>A PDF of ours as a screen reader meets it: language, title, outline, and what stands where in the order it is read
/// aloud, which is that of the tags and not of the paper. Reads what our printer writes, no other.</summary>
public sealed partial class PrintedPdf
{
    private readonly Dictionary<int, string> _objects = [];
    private readonly Dictionary<int, Dictionary<int, string>> _marked = [];

    public PrintedPdf(byte[] file)
    {
        var raw = Encoding.Latin1.GetString(file);
        foreach (Match found in Objects().Matches(raw))
        {
            var (text, stream) = (found.Groups[2].Value, found.Groups[3]);
            var number = Int(found.Groups[1].Value);
            _objects[number] = stream.Success ? text + Inflated(file, stream.Index) : text;
        }
        Catalogue = _objects.Values.Single(one => one.StartsWith("<</Type /Catalog", StringComparison.Ordinal));
        Language = Languages().Match(Catalogue).Groups[1].Value;
        Title = Written(_objects.Values.First(one => one.Contains("/Producer", StringComparison.Ordinal)));
        Outline = [.. _objects.Where(one => one.Value.Contains("/Dest [", StringComparison.Ordinal))
            .Select(one => Written(one.Value))];
        var read = new List<(string Tag, string Text)>();
        Read(Int(Root().Match(Catalogue).Groups[1].Value), "", read);
        ReadAloud = read;
    }

    /// <summary>The document's own entry: whether it is tagged, and how it is to be shown.</summary>
    public string Catalogue { get; }

    public string Language { get; }

    public string Title { get; }

    public IReadOnlyList<string> Outline { get; }

    /// <summary>What is read, in that order, each with the tag it stands under: H1, H2, P, TH, TD …</summary>
    public IReadOnlyList<(string Tag, string Text)> ReadAloud { get; }

    /// <summary>All of it as one text, without blanks: lines are broken anywhere.</summary>
    public string Text => Blankless(string.Concat(ReadAloud.Select(one => one.Text)));

    public static string Blankless(string text) => Blanks().Replace(text.Normalize(NormalizationForm.FormKC), "");

    private void Read(int number, string tag, List<(string, string)> read)
    {
        var element = _objects[number];
        var own = Tag().Match(element) is { Success: true, Groups: var named } && named[1].Value is not ("NonStruct" or "Div")
            ? named[1].Value : tag;
        if (Kids().Match(element) is not { Success: true } kids) return;
        var page = Page().Match(element) is { Success: true } on ? Int(on.Groups[1].Value) : (int?)null;
        foreach (Match kid in Kid().Matches(kids.Groups[1].Value))
        {
            if (kid.Groups[1].Success) Read(Int(kid.Groups[1].Value), own, read);
            else if (page is { } at) Add(at, Int(kid.Groups[3].Success ? kid.Groups[3].Value : kid.Groups[4].Value), own, read);
            else if (kid.Groups[2].Success) Add(Int(kid.Groups[2].Value), Int(kid.Groups[3].Value), own, read);
        }
    }

    private void Add(int page, int mark, string tag, List<(string, string)> read)
    {
        var text = MarkedOn(page).GetValueOrDefault(mark, "");
        if (text.Length > 0) read.Add((tag, text));
    }

    /// <summary>The texts of a page by their marks.</summary>
    private Dictionary<int, string> MarkedOn(int page)
    {
        if (_marked.TryGetValue(page, out var known)) return known;
        var fonts = FontsOf().Matches(_objects[page]).ToDictionary(font => font.Groups[1].Value,
            font => Letters(_objects[Int(ToUnicode().Match(_objects[Int(font.Groups[2].Value)]).Groups[1].Value)]),
            StringComparer.Ordinal);
        var content = _objects[Int(Contents().Match(_objects[page]).Groups[1].Value)];
        var marked = new Dictionary<int, string>();
        var (mark, font) = ((int?)null, "");
        foreach (Match step in Steps().Matches(content))
        {
            if (step.Groups[1].Success) mark = Int(step.Groups[1].Value);
            else if (step.Groups[2].Success) font = step.Groups[2].Value;
            else if (step.Groups[3].Success && mark is { } under)
                marked[under] = marked.GetValueOrDefault(under, "") + Shown(step.Groups[3].Value, fonts[font]);
            else if (step.Value is "EMC") mark = null;
        }
        return _marked[page] = marked;
    }

    private static string Shown(string run, Dictionary<string, string> letters) => string.Concat(Hex().Matches(run)
        .SelectMany(hex => hex.Groups[1].Value.Chunk(4))
        .Select(glyph => letters.GetValueOrDefault(new string(glyph).ToUpperInvariant(), "?")));

    private static Dictionary<string, string> Letters(string font)
    {
        var letters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match one in One().Matches(font)) letters[one.Groups[1].Value] =
            string.Concat(one.Groups[2].Value.Chunk(4).Select(hex => (char)FromHex(new string(hex)))); // ff is one glyph
        foreach (Match range in Range().Matches(font))
        {
            var (from, to) = (FromHex(range.Groups[1].Value), FromHex(range.Groups[2].Value));
            var letter = FromHex(range.Groups[3].Value);
            for (var glyph = from; glyph <= to; glyph++)
                letters[glyph.ToString("X4", CultureInfo.InvariantCulture)] = $"{(char)(letter + glyph - from)}";
        }
        return letters;
    }

    private static string Inflated(byte[] file, int at)
    {
        try
        {
            using var stream = new ZLibStream(new MemoryStream(file, at, file.Length - at), CompressionMode.Decompress);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return reader.ReadToEnd();
        }
        catch (InvalidDataException)
        {
            return ""; // not compressed: a picture, or metadata
        }
    }

    /// <summary>A title, written as hexadecimal UTF-16 where plain letters do not do.</summary>
    private static string Written(string element)
    {
        var title = Titles().Match(element);
        return title.Groups[1].Success
            ? Encoding.BigEndianUnicode.GetString(Convert.FromHexString(title.Groups[1].Value)) : title.Groups[2].Value;
    }

    private static int Int(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private static int FromHex(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<=^|\n)(\d+) 0 obj\n(.*?)(?:(?<=>>) ?stream\r?\n()|\nendobj)", RegexOptions.Singleline, 5_000)]
    private static partial Regex Objects();

    [GeneratedRegex(@"/Lang \(([^)]*)\)", RegexOptions.None, 5_000)]
    private static partial Regex Languages();

    [GeneratedRegex(@"/Title (?:<FEFF([0-9A-F]*)>|\(([^)]*)\))", RegexOptions.None, 5_000)]
    private static partial Regex Titles();

    [GeneratedRegex(@"/StructTreeRoot (\d+) 0 R", RegexOptions.None, 5_000)]
    private static partial Regex Root();

    [GeneratedRegex(@"/S /(\w+)", RegexOptions.None, 5_000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"/Pg (\d+) 0 R", RegexOptions.None, 5_000)]
    private static partial Regex Page();

    [GeneratedRegex(@"/K (\[[^\]]*\]|\d+ 0 R|\d+|<<[^>]*>>)", RegexOptions.None, 5_000)]
    private static partial Regex Kids();

    // An element, a mark on a page of its own, or a mark.
    [GeneratedRegex(@"(?<!/Pg )\b(\d+) 0 R|<<[^>]*?(?:/Pg (\d+) 0 R)?\s*/MCID (\d+)[^>]*>>|\b(\d+)\b(?! 0 R| R)",
        RegexOptions.None, 5_000)]
    private static partial Regex Kid();

    [GeneratedRegex(@"/(F\d+) (\d+) 0 R", RegexOptions.None, 5_000)]
    private static partial Regex FontsOf();

    [GeneratedRegex(@"/ToUnicode (\d+) 0 R", RegexOptions.None, 5_000)]
    private static partial Regex ToUnicode();

    [GeneratedRegex(@"/Contents (\d+) 0 R", RegexOptions.None, 5_000)]
    private static partial Regex Contents();

    [GeneratedRegex(@"/MCID (\d+)\s*>>\s*BDC|/(F\d+) [\d.]+ Tf|((?:\[[^\]]*\]|<[0-9A-Fa-f]+>) ?T[Jj])|\bEMC\b",
        RegexOptions.None, 5_000)]
    private static partial Regex Steps();

    [GeneratedRegex("<([0-9A-Fa-f]+)>", RegexOptions.None, 5_000)]
    private static partial Regex Hex();

    [GeneratedRegex("^<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>\r?$", RegexOptions.Multiline, 5_000)]
    private static partial Regex One();

    [GeneratedRegex("^<([0-9A-F]{4})> <([0-9A-F]{4})> <([0-9A-F]{4})>\r?$", RegexOptions.Multiline, 5_000)]
    private static partial Regex Range();

    [GeneratedRegex(@"\s+", RegexOptions.None, 5_000)]
    private static partial Regex Blanks();
}
